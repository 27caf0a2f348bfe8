"""An article that has every part, for tests that look at whole pages."""

from events.models import Article
from events.tests.factories import make_article, make_cover, make_event, make_profile, make_story_line

BODY = """State television said at least 80 were hurt. “Curly” and "straight" quotes stay as they are.[^1]

Hours later a second bridge was closed near a Shi’ite suburb.

## What comes next

::: picture {key}
Seen from the *bank*.
:::

::: quote The mayor
"We waited forty years."
:::

::: facts In numbers
- 300 metres
- 12 arches
:::

::: event {event}
:::

::: timeline crossings
:::

::: link https://example.org/plan
The plan
:::

The last paragraph.[^2]

[^1]: [Reuters: The bridge](https://www.reuters.com/bridge)
[^2]: The printed plan, page 4.
"""


def make_whole_article() -> Article:
    """By an organisation with a picture and a person; it tells of two events that it makes as well."""
    first, second = (
        make_event("A bridge is opened", contexts=["Crossings"]),
        make_event("A ferry is given up", contexts=["Crossings"]),
    )
    make_story_line("Crossings", ["Crossings"])
    cover = make_cover(caption="The bridge at dawn", place="Homs")
    newsroom = make_profile(
        "The River Desk",
        kind="organisation",
        text="Reports on *rivers* and what crosses them.",
        url="https://example.org/",
        picture=cover,
    )
    return make_article(
        deck="Two towns **grow** together, and a third one does not.",
        body=BODY.format(key=cover.digest[:12], event=first.public_id),
        contexts=["Crossings", "Bridges"],
        events=[first, second],
        by_profiles=[newsroom, make_profile("Rana Haddad")],
        notes=[("correction", "It is 300 metres long."), ("update", "The ferry has *stopped*.")],
        agencies="AFP\nAP\nReuters",
        section="City & river",
        label="Breaking news",
        cover=cover,
    )

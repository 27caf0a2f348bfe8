"""How long a story line was silent, in words."""

from django.utils.formats import number_format
from django.utils.translation import ngettext

from events.stories.rhythm import Gap

# Up to here days say more than months do, up to there months more than years.
MOST_DAYS = 99
MOST_MONTHS = 24
DAYS_OF_A_MONTH = 365.2425 / 12


def gap_words(gap: Gap) -> str:
    """ "41 days without an entry"; long silences in months or years, rounded down."""
    months = int(gap.days / DAYS_OF_A_MONTH)
    if gap.days <= MOST_DAYS:
        words = ngettext("%(count)s day without an entry", "%(count)s days without an entry", gap.days)
        return words % {"count": number_format(gap.days)}
    if months < MOST_MONTHS:
        words = ngettext("%(count)s month without an entry", "%(count)s months without an entry", months)
        return words % {"count": number_format(months)}
    years = months // 12
    words = ngettext("%(count)s year without an entry", "%(count)s years without an entry", years)
    return words % {"count": number_format(years)}

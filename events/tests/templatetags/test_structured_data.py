import json

from django.test import SimpleTestCase

from events.templatetags import structured_data


class JsonLdTagTests(SimpleTestCase):
    def test_text_cannot_end_the_element(self):
        data = {"headline": "</script><!-- & \u2028"}
        html = structured_data.json_ld(data)
        self.assertEqual(html.count("<"), 2)
        inside = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
        self.assertEqual(json.loads(inside), data)

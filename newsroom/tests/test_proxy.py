from django.test import RequestFactory, SimpleTestCase, override_settings

from newsroom.proxy import client_ip


class ClientIpTests(SimpleTestCase):
    def setUp(self):
        self.request = RequestFactory().get(
            "/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "192.0.2.66, 198.51.100.7"}
        )

    @override_settings(HTTPS=True)
    def test_behind_the_proxy_it_is_what_the_proxy_wrote(self):
        self.assertEqual(client_ip(self.request), "198.51.100.7")

    @override_settings(HTTPS=False)
    def test_without_a_proxy_the_header_is_not_believed(self):
        self.assertEqual(client_ip(self.request), "10.0.0.1")

from django.test import SimpleTestCase

from events.addresses import key_of_pasted


class PastedAddressTests(SimpleTestCase):
    def test_key_is_the_same_however_an_address_is_written(self):
        for address in (
            "https://news.example/news/2024/02/09/the-bridge/",
            "http://127.0.0.1:8000/news/2024/2/9/the-bridge.md?before=1#sources",
            "/news/2024/02/09/the-bridge/",
            "news/2024/02/09/the-bridge",
        ):
            with self.subTest(address):
                self.assertEqual(key_of_pasted(address), "news/2024/02/09/the-bridge")

    def test_letters_that_browsers_encode(self):
        address = "https://news.example/news/2024/02/09/%E6%B8%AF%E5%8F%A3/"
        self.assertEqual(key_of_pasted(address), "news/2024/02/09/港口")

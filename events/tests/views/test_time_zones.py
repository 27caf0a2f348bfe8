"""Days and schedules where clocks are far apart or change: days never shift, schedules hit the second."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.test import TestCase, override_settings

from events.tests.factories import make_event

ZONES = ("Pacific/Kiritimati", "Pacific/Niue", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu")
# Moments beside midnights, date lines and clock changes (Berlin: March and October; São Paulo: no 00:00 on
# 4 November 2018, 23:00 twice on 17 February 2018).
MOMENTS = (
    datetime(2024, 3, 31, 0, 59, 59, tzinfo=UTC),
    datetime(2024, 3, 31, 1, 0, tzinfo=UTC),
    datetime(2024, 10, 27, 0, 59, 59, tzinfo=UTC),
    datetime(2024, 10, 27, 1, 0, tzinfo=UTC),
    datetime(2018, 11, 4, 2, 59, 59, tzinfo=UTC),
    datetime(2018, 11, 4, 3, 0, tzinfo=UTC),
    datetime(2018, 2, 18, 1, 59, 59, tzinfo=UTC),
    datetime(2018, 2, 18, 2, 30, tzinfo=UTC),
    datetime(2024, 6, 1, 9, 59, 59, tzinfo=UTC),
    datetime(2024, 6, 1, 10, 0, tzinfo=UTC),
    datetime(2024, 6, 1, 11, 0, tzinfo=UTC),
)


class TimeZonesTests(TestCase):
    def titles(self, now: datetime) -> list[str]:
        with time_machine.travel(now, tick=False):
            return [section.title for section in self.client.get("/").context["document"].sections]

    def test_front_page_names_days_in_the_site_s_zone(self):
        for zone in ZONES:
            for now in MOMENTS:
                today = now.astimezone(ZoneInfo(zone)).date()
                with self.subTest(zone, now=now), override_settings(TIME_ZONE=zone):
                    events = [
                        make_event(f"{back} back", date=today - timedelta(days=back), publish_at=now, now=now)
                        for back in range(3)
                    ]
                    self.assertEqual(self.titles(now), ["Today", "Yesterday", "Day before yesterday"])
                    for event in events:
                        event.delete()

    def test_today_becomes_yesterday_at_midnight_without_a_write(self):
        """Through the page cache, and for a reader who has the page already."""
        for zone in ZONES:
            for day in (date(2018, 11, 4), date(2024, 3, 31), date(2024, 10, 27), date(2024, 6, 1)):
                with self.subTest(zone, day=day), override_settings(TIME_ZONE=zone):
                    midnight = first_moment(day, zone)
                    event = make_event(
                        "Late",
                        date=day - timedelta(days=1),
                        publish_at=midnight - timedelta(hours=2),
                        now=midnight - timedelta(hours=2),
                    )
                    before = midnight - timedelta(seconds=1)
                    self.assertEqual(self.titles(before), ["Today"])
                    with time_machine.travel(before, tick=False):
                        tag = self.client.get("/")["ETag"]
                    self.assertEqual(self.titles(midnight), ["Yesterday"])
                    with time_machine.travel(midnight, tick=False):
                        answer = self.client.get("/", headers={"If-None-Match": tag})
                    self.assertEqual(answer.status_code, 200)
                    event.delete()

    def test_event_days_never_shift(self):
        event = make_event("On its day", date=date(2024, 3, 31), time=time(23, 30), time_zone="Pacific/Niue")
        for zone in ZONES:
            with self.subTest(zone), override_settings(TIME_ZONE=zone):
                self.assertEqual(event.get_absolute_url(), "/news/2024/03/31/on-its-day/")
                for path in ("/news/2024/03/31/", "/news/2024/03/", event.get_absolute_url()):
                    self.assertContains(self.client.get(path), "On its day")
                self.assertNotContains(self.client.get("/news/2024/04/01/"), '/on-its-day/"><')
                day = self.client.get("/news/2024/03/31/index.json").json()
                self.assertEqual(day["sections"][0]["events"][0]["date"], "2024-03-31")

    def test_schedules_hit_the_second_in_every_zone(self):
        for zone in ZONES:
            for moment in MOMENTS:
                local = moment.astimezone(ZoneInfo(zone))
                with self.subTest(zone, moment=moment), override_settings(TIME_ZONE=zone):
                    event = make_event("On time", publish_at=local, now=moment - timedelta(days=2))
                    for seconds, status in ((-1, 404), (0, 200), (1, 200)):
                        with time_machine.travel(moment + timedelta(seconds=seconds), tick=False):
                            self.assertEqual(self.client.get(event.get_absolute_url()).status_code, status)
                    event.refresh_from_db()
                    self.assertEqual(event.first_published_at, moment)
                    event.delete()


def first_moment(day: date, zone: str) -> datetime:
    """Found by trying every second quarter of an hour: the first moment that has the day's date."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    while moment.astimezone(ZoneInfo(zone)).date() < day:
        moment += timedelta(minutes=15)
    return moment

"""Labels of citations: which agency wrote a report and who carried it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from events.text.cleaning import clean_wiki
from events.text.folding import name_key

# Name to show: other names it goes by. Names are compared by `name_key`.
_AGENCIES = {
    "AAP": ("Australian Associated Press",),
    "Adnkronos": (),
    "AFP": ("Agence France-Presse", "Agence France Presse", "法新社", "法國新聞社"),
    "AGERPRES": ("Agerpres",),
    "Akipress": ("AKIpress",),
    "Anadolu Agency": ("Anadolu", "Anadolu Ajansı", "阿納多盧通訊社"),
    "ANI": ("ANI News", "Asian News International"),
    "ANSA": ("Agenzia ANSA", "安莎社"),
    "Antara": ("ANTARA News",),
    "AP": ("Associated Press", "The Associated Press", "AP News", "美聯社", "美联社"),
    "APA": ("Austria Presse Agentur", "Austria Press Agency"),
    "Bernama": ("馬新社", "马新社"),
    "Bloomberg": ("Bloomberg News", "彭博社", "彭博"),
    "BNO News": ("BNO",),
    "BTA": ("Bulgarian News Agency",),
    "Canadian Press": ("The Canadian Press", "CP"),
    "China News Service": ("CNS", "Chinanews", "中新社", "中国新闻社", "中國新聞社"),
    # Not "CNA", which more often means Channel NewsAsia of Singapore.
    "Central News Agency": ("中央社", "中央通訊社"),
    "CTK": ("ČTK", "Czech News Agency"),
    "dpa": ("Deutsche Presse-Agentur", "DPA International", "德新社"),
    "EFE": ("Agencia EFE", "EFE News", "埃菲社"),
    "Europa Press": (),
    "Fars": ("Fars News Agency", "Fars News"),
    "IANS": ("Indo-Asian News Service",),
    "Interfax": ("Interfax-Ukraine", "国际文传电讯社", "國際文傳電訊社"),
    "IRNA": ("Islamic Republic News Agency", "伊通社"),
    "ISNA": ("Iranian Students' News Agency",),
    "Jiji Press": ("Jiji", "時事通信社", "时事通讯社"),
    "KCNA": ("Korean Central News Agency", "朝中社", "朝鮮中央通訊社", "朝鲜中央通讯社"),
    "Kyodo": ("Kyodo News", "共同社", "共同通信社", "共同網"),
    "Lusa": ("Agência Lusa",),
    "MENA": ("Middle East News Agency",),
    "MTI": ("Magyar Távirati Iroda",),
    "NTB": ("Norsk Telegrambyrå",),
    "PA": ("PA Media", "Press Association", "The Press Association"),
    "PAP": ("Polish Press Agency", "Polska Agencja Prasowa"),
    "Prensa Latina": (),
    "PTI": ("Press Trust of India",),
    "Reuters": ("Thomson Reuters", "Reuters News Agency", "路透社", "路透", "路透社中文网", "路透中文網"),
    "RIA Novosti": ("RIA", "俄新社", "俄新网", "俄新網", "俄羅斯新聞社"),
    "Ritzau": (),
    "SANA": ("Syrian Arab News Agency",),
    "SPA": ("Saudi Press Agency",),
    "TASS": ("ITAR-TASS", "TASS News Agency", "塔斯社", "俄通社-塔斯社"),
    "TT": ("TT News Agency", "Tidningarnas Telegrambyrå"),
    "Ukrinform": (),
    "UNI": ("United News of India",),
    "UPI": ("United Press International", "合眾國際社", "合众国际社"),
    "VNA": ("Vietnam News Agency", "越通社"),
    "WAM": ("Emirates News Agency",),
    "WENN": (),
    "Xinhua": ("Xinhua News Agency", "Xinhua News", "Xinhuanet", "新华社", "新華社", "新华网", "新華網"),
    "Yonhap": ("Yonhap News", "Yonhap News Agency", "韩联社", "韓聯社"),
}  # fmt: skip
_BY_KEY = {name_key(alias): name for name, aliases in _AGENCIES.items() for alias in (name, *aliases)}

_VIA = re.compile(r"^(?P<origin>.+?)\s*[,;(\[]?\s*(?<!\w)via(?!\w)\s*:?\s*(?P<carrier>.+)$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"^(?P<outer>.+?)\s*[(（\[](?P<inner>[^()（）\[\]]+)[)）\]]$")
_SHARED = re.compile(r"^(?P<first>.+?)\s*/\s*(?P<second>[^/]+)$")
_EDGES = " \t,;:.()[]"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report comes from: the cleaned label, who wrote it, and who carried it."""

    label: str
    agency: str = ""
    carrier: str = ""


def agency_name(text: str) -> str:
    """The usual short name of a news agency, `""` if the text names none."""
    return _BY_KEY.get(name_key(text), "")


def carrier_of(agency: str, publisher: str) -> str:
    """Who carried the agency's report: the publisher, unless it is the agency itself."""
    return publisher if agency and agency_name(publisher) != agency else ""


def label_of(agency: str, publisher: str) -> str:
    """The label that `parse_label` reads: "BBC", "AFP via Yahoo! News"."""
    carrier = carrier_of(agency, publisher)
    return f"{agency} via {carrier}" if carrier else publisher


# The same few newsrooms are cited again and again.
@lru_cache(maxsize=4096)
def parse_label(label: str) -> Origin:
    """Agency and carrier of a citation's label.

    "AFP via Yahoo! News" is AFP carried by Yahoo! News; "Yahoo! News (AFP)" and
    "AFP/Yahoo! News" mean the same. Before "via" any newsroom counts as the agency. "BBC"
    alone has neither.
    """
    label = clean_wiki(label)
    # Plain looks spare most labels the expressions, which try every place.
    match = _VIA.match(label) if "via" in label.lower() else None
    if match:
        origin = match["origin"].strip(_EDGES)
        carrier = match["carrier"].strip(" \t,;:")
        if carrier.endswith(")") and "(" not in carrier:
            carrier = carrier[:-1]
        if origin and carrier:
            return Origin(label, agency_name(origin) or origin, carrier)
    match = _IN_BRACKETS.match(label) if label.endswith((")", "）", "]")) else None
    if match and agency_name(match["inner"]):
        return Origin(label, agency_name(match["inner"]), match["outer"])
    match = _SHARED.match(label) if "/" in label else None
    if match and agency_name(match["first"]) and not agency_name(match["second"]):
        return Origin(label, agency_name(match["first"]), match["second"])
    return Origin(label, agency_name(label))

"""Publishers: one host and one readable name for each, whatever host a page came from.

A line holds a publisher's main host, then its other hosts, then its name. Subdomains belong to
the publisher too unless they have a line of their own.
"""

from functools import lru_cache

from events.citations.labels import agency_name, parse_label

MAX_LABEL_LENGTH = 40

_LINES = """
bbc.com bbc.co.uk bbci.co.uk bbc.in: BBC
reuters.com reut.rs: Reuters
apnews.com ap.org hosted.ap.org ap.google.com: AP
afp.com afp.google.com: AFP
upi.com: UPI
tass.com tass.ru itar-tass.com: TASS
interfax.com interfax.ru interfax.com.ua: Interfax
ria.ru rian.ru rusnews.cn: RIA Novosti
xinhuanet.com news.cn xinhua.org: Xinhua
chinanews.com chinanews.com.cn ecns.cn: China News Service
cna.com.tw focustaiwan.tw: CNA (Taiwan)
kyodonews.net kyodonews.jp kyodo.co.jp: Kyodo News
jiji.com: Jiji Press
yna.co.kr yonhapnews.co.kr: Yonhap News Agency
aa.com.tr: Anadolu Agency
efe.com: EFE
ansa.it: ANSA
dpa.com dpa-international.com: dpa
lusa.pt: Lusa
europapress.es: Europa Press
ptinews.com: PTI
aninews.in: ANI
bernama.com: Bernama
antaranews.com: Antara
kcna.kp kcna.co.jp: KCNA
irna.ir: IRNA
isna.ir: ISNA
farsnews.ir farsnews.com: Fars News Agency
sana.sy: SANA
wam.ae: WAM
spa.gov.sa: SPA
ukrinform.net ukrinform.ua: Ukrinform
akipress.com: AKIpress
cnn.com cnn.it: CNN
cnnphilippines.com: CNN Philippines
cnnindonesia.com: CNN Indonesia
theguardian.com guardian.co.uk guardiannews.com: The Guardian
guardian.ng: The Guardian (Nigeria)
nytimes.com nyti.ms: The New York Times
iht.com: International Herald Tribune
washingtonpost.com wapo.st: The Washington Post
wsj.com: The Wall Street Journal
ft.com ftchinese.com: Financial Times
bloomberg.com: Bloomberg
economist.com: The Economist
aljazeera.com aljazeera.net: Al Jazeera
dw.com dw-world.de dw.de: DW
france24.com: France 24
rfi.fr: RFI
euronews.com: Euronews
africanews.com: Africanews
voanews.com voachinese.com voacantonese.com: VOA
rferl.org svoboda.org azattyq.org: RFE/RL
rfa.org: Radio Free Asia
rt.com: RT
sputniknews.com sputniknews.cn sputnikglobe.com: Sputnik
abcnews.go.com abcnews.com: ABC News (United States)
nbcnews.com msnbc.com msnbc.msn.com: NBC News
nbcnewyork.com: NBC New York
cbsnews.com: CBS News
cbslocal.com: CBS Local
cbssports.com: CBS Sports
foxnews.com: Fox News
foxbusiness.com: Fox Business
npr.org: NPR
pbs.org: PBS
cnbc.com: CNBC
usatoday.com: USA Today
usnews.com: U.S. News & World Report
latimes.com: Los Angeles Times
chicagotribune.com: Chicago Tribune
suntimes.com: Chicago Sun-Times
bostonglobe.com: The Boston Globe
sfgate.com: SFGate
sfchronicle.com: San Francisco Chronicle
seattletimes.com: The Seattle Times
startribune.com: Star Tribune
miamiherald.com: Miami Herald
orlandosentinel.com: Orlando Sentinel
freep.com: Detroit Free Press
detroitnews.com: The Detroit News
mlive.com: MLive
azcentral.com: The Arizona Republic
nj.com: NJ.com
patch.com: Patch
nypost.com: New York Post
nydailynews.com: New York Daily News
newsday.com: Newsday
houstonchronicle.com chron.com: Houston Chronicle
dallasnews.com: The Dallas Morning News
denverpost.com: The Denver Post
politico.com: Politico
politico.eu: Politico Europe
thehill.com: The Hill
axios.com: Axios
vox.com: Vox
slate.com: Slate
salon.com: Salon
huffpost.com huffingtonpost.com huffingtonpost.co.uk: HuffPost
buzzfeednews.com buzzfeed.com: BuzzFeed News
thedailybeast.com: The Daily Beast
theatlantic.com: The Atlantic
newyorker.com: The New Yorker
newsweek.com: Newsweek
time.com: Time
forbes.com: Forbes
fortune.com: Fortune
businessinsider.com insider.com: Business Insider
marketwatch.com: MarketWatch
barrons.com: Barron's
people.com: People
variety.com: Variety
hollywoodreporter.com: The Hollywood Reporter
deadline.com: Deadline
rollingstone.com: Rolling Stone
billboard.com: Billboard
espn.com espn.go.com espn.co.uk: ESPN
espncricinfo.com: ESPNcricinfo
si.com: Sports Illustrated
skysports.com: Sky Sports
goal.com: Goal
uefa.com: UEFA
fifa.com: FIFA
formula1.com: Formula 1
theverge.com: The Verge
wired.com: Wired
cnet.com: CNET
techcrunch.com: TechCrunch
arstechnica.com: Ars Technica
engadget.com: Engadget
nature.com: Nature
science.org sciencemag.org: Science
newscientist.com: New Scientist
scientificamerican.com: Scientific American
nationalgeographic.com: National Geographic
phys.org: Phys.org
medicalxpress.com: Medical Xpress
space.com: Space.com
spacenews.com: SpaceNews
spaceflightnow.com: Spaceflight Now
weather.com: The Weather Channel
yahoo.com: Yahoo! News
msn.com: MSN
news.google.com: Google News
independent.co.uk the-independent.com: The Independent
telegraph.co.uk: The Daily Telegraph
thetimes.co.uk thetimes.com timesonline.co.uk: The Times
dailymail.co.uk: Daily Mail
mirror.co.uk: Daily Mirror
express.co.uk: Daily Express
metro.co.uk: Metro
thesun.co.uk: The Sun
standard.co.uk: Evening Standard
news.sky.com: Sky News
itv.com: ITV
channel4.com: Channel 4
scotsman.com: The Scotsman
heraldscotland.com: The Herald (Scotland)
walesonline.co.uk: WalesOnline
belfasttelegraph.co.uk: Belfast Telegraph
irishtimes.com: The Irish Times
independent.ie: Irish Independent
rte.ie: RTÉ
thejournal.ie: TheJournal.ie
cbc.ca: CBC
ctvnews.ca: CTV News
globalnews.ca: Global News
theglobeandmail.com: The Globe and Mail
nationalpost.com: National Post
thestar.com: Toronto Star
cp24.com: CP24
abc.net.au: ABC (Australia)
sbs.com.au: SBS
smh.com.au: The Sydney Morning Herald
theage.com.au: The Age
theaustralian.com.au: The Australian
news.com.au: News.com.au
9news.com.au: 9 News
7news.com.au: 7 News
canberratimes.com.au: The Canberra Times
rnz.co.nz radionz.co.nz: RNZ
nzherald.co.nz: The New Zealand Herald
stuff.co.nz: Stuff
newshub.co.nz: Newshub
tvnz.co.nz 1news.co.nz: TVNZ
fbcnews.com.fj: FBC News
channelnewsasia.com cna.asia: CNA (Singapore)
straitstimes.com: The Straits Times
todayonline.com: Today (Singapore)
zaobao.com zaobao.com.sg: 联合早报
scmp.com: South China Morning Post
hongkongfp.com: Hong Kong Free Press
rthk.hk rthk.org.hk: RTHK
thestandard.com.hk: The Standard (Hong Kong)
mingpao.com mingpaonews.com mpinews.com: 明報
appledaily.com nextmedia.com: Apple Daily
appledaily.com.tw: 蘋果日報
thestandnews.com: Stand News
hk01.com: 香港01
theinitium.com: 端傳媒
tvb.com: TVB
singtao.com stheadline.com: 星島日報
taiwannews.com.tw: Taiwan News
taipeitimes.com: Taipei Times
ltn.com.tw libertytimes.com.tw: 自由時報
udn.com: 聯合新聞網
chinatimes.com: 中時新聞網
ettoday.com ettoday.net: ETtoday
nownews.com: NOWnews
rti.org.tw: 中央廣播電臺
people.com.cn people.cn: 人民网
chinadaily.com.cn: China Daily
globaltimes.cn: Global Times
huanqiu.com: 环球网
cctv.com cntv.cn: CCTV
cgtn.com: CGTN
cri.cn: 国际在线
sina.com.cn sina.com.hk sina.com sina.com.tw: 新浪
sohu.com: 搜狐
163.com: 网易
qq.com: 腾讯
ifeng.com: 凤凰网
guancha.cn: 观察者网
thepaper.cn: 澎湃新闻
xinmin.cn: 新民网
caixin.com: 财新
worldjournal.com: 世界日報
nhk.or.jp: NHK
japantimes.co.jp: The Japan Times
asahi.com: The Asahi Shimbun
mainichi.jp: The Mainichi
yomiuri.co.jp the-japan-news.com: The Yomiuri Shimbun
nikkei.com: Nikkei
nippon.com: Nippon.com
koreaherald.com: The Korea Herald
koreatimes.co.kr: The Korea Times
chosun.com: The Chosun Ilbo
joins.com: JoongAng Ilbo
thehindu.com: The Hindu
hindustantimes.com: Hindustan Times
timesofindia.com timesofindia.indiatimes.com: The Times of India
economictimes.indiatimes.com economictimes.com: The Economic Times
indianexpress.com: The Indian Express
newindianexpress.com: The New Indian Express
deccanherald.com: Deccan Herald
business-standard.com: Business Standard
livemint.com: Mint
ndtv.com: NDTV
indiatoday.in: India Today
dawn.com: Dawn
tribune.com.pk: The Express Tribune
thenews.com.pk: The News International
geo.tv: Geo News
brecorder.com: Business Recorder
dhakatribune.com: Dhaka Tribune
thedailystar.net: The Daily Star
bdnews24.com: bdnews24.com
kathmandupost.com: The Kathmandu Post
adaderana.lk: Ada Derana
tolonews.com: TOLOnews
khaama.com: Khaama Press
bangkokpost.com: Bangkok Post
nationthailand.com: The Nation (Thailand)
khmertimeskh.com: Khmer Times
vnexpress.net: VnExpress
vietnamnews.vn: Viet Nam News
thejakartapost.com: The Jakarta Post
jakartaglobe.id: Jakarta Globe
kompas.com: Kompas
detik.com: detikcom
thestar.com.my: The Star (Malaysia)
malaymail.com: Malay Mail
nst.com.my: New Straits Times
freemalaysiatoday.com: Free Malaysia Today
rappler.com: Rappler
inquirer.net: Philippine Daily Inquirer
philstar.com: The Philippine Star
mb.com.ph: Manila Bulletin
gmanetwork.com: GMA News
abs-cbn.com: ABS-CBN News
irrawaddy.com: The Irrawaddy
timesofisrael.com: The Times of Israel
jpost.com: The Jerusalem Post
haaretz.com: Haaretz
ynetnews.com: Ynetnews
alarabiya.net: Al Arabiya
arabnews.com: Arab News
asharqalawsat.com aawsat.com: Asharq Al-Awsat
thenationalnews.com thenational.ae: The National
gulfnews.com: Gulf News
khaleejtimes.com: Khaleej Times
middleeasteye.net: Middle East Eye
middleeastmonitor.com: Middle East Monitor
ahram.org.eg: Al-Ahram
dailysabah.com: Daily Sabah
hurriyetdailynews.com: Hürriyet Daily News
trtworld.com: TRT World
rudaw.net: Rudaw
presstv.ir presstv.com: Press TV
libyaobserver.ly: The Libya Observer
moroccoworldnews.com: Morocco World News
news24.com: News24
iol.co.za: Independent Online
dailymaverick.co.za: Daily Maverick
nation.africa nation.co.ke: Nation (Kenya)
premiumtimesng.com: Premium Times
punchng.com: Punch
vanguardngr.com: Vanguard (Nigeria)
allafrica.com: AllAfrica
themoscowtimes.com: The Moscow Times
kyivpost.com: Kyiv Post
kyivindependent.com: The Kyiv Independent
meduza.io: Meduza
lemonde.fr: Le Monde
lefigaro.fr: Le Figaro
liberation.fr: Libération
lexpress.fr: L'Express
spiegel.de: Der Spiegel
zeit.de: Die Zeit
faz.net: Frankfurter Allgemeine
sueddeutsche.de: Süddeutsche Zeitung
welt.de: Die Welt
tagesschau.de: Tagesschau
thelocal.com thelocal.de thelocal.fr thelocal.se thelocal.dk thelocal.it thelocal.es: The Local
swissinfo.ch: SWI swissinfo.ch
nzz.ch: Neue Zürcher Zeitung
orf.at: ORF
brusselstimes.com: The Brussels Times
dutchnews.nl: DutchNews.nl
nltimes.nl: NL Times
elpais.com: El País
elmundo.es: El Mundo
lavanguardia.com: La Vanguardia
elperiodico.com: El Periódico
corriere.it: Corriere della Sera
repubblica.it: la Repubblica
ilmessaggero.it: Il Messaggero
vaticannews.va news.va: Vatican News
catholicnewsagency.com: Catholic News Agency
ekathimerini.com kathimerini.gr: Kathimerini
cyprus-mail.com: Cyprus Mail
timesofmalta.com: Times of Malta
balkaninsight.com: Balkan Insight
romania-insider.com: Romania Insider
hungarytoday.hu: Hungary Today
thefirstnews.com: The First News
rtvslo.si: RTV Slovenija
yle.fi: Yle
dr.dk: DR
nrk.no: NRK
svt.se: SVT
globo.com: Globo
folha.uol.com.br: Folha de S.Paulo
clarin.com: Clarín
lanacion.com.ar: La Nación
batimes.com.ar: Buenos Aires Times
latercera.com: La Tercera
mercopress.com: MercoPress
riotimesonline.com: The Rio Times
jamaica-gleaner.com: The Gleaner
un.org: United Nations
who.int: World Health Organization
nasa.gov: NASA
noaa.gov: NOAA
usgs.gov: USGS
whitehouse.gov: The White House
gov.uk: GOV.UK
europa.eu: European Union
nato.int: NATO
nobelprize.org: The Nobel Prize
hrw.org: Human Rights Watch
amnesty.org: Amnesty International
wikipedia.org: Wikipedia
wikinews.org: Wikinews
youtube.com youtu.be: YouTube
twitter.com x.com t.co: X (Twitter)
facebook.com fb.com: Facebook
"""

_NAMES: dict[str, str] = {}
_MAIN_HOSTS: dict[str, str] = {}
for _line in _LINES.strip().splitlines():
    _hosts, _, _name = _line.partition(": ")
    _main, *_others = _hosts.split()
    _NAMES[_main] = _name
    _MAIN_HOSTS.update(dict.fromkeys([_main, *_others], _main))


@lru_cache(maxsize=4_096)
def publisher_host(host: str) -> str:
    """The main host of the publisher that a host belongs to; unknown hosts stand for themselves.

    `news.bbc.co.uk` and `bbc.co.uk` are `bbc.com`.
    """
    candidate = host
    while "." in candidate:
        if candidate in _MAIN_HOSTS:
            return _MAIN_HOSTS[candidate]
        candidate = candidate.partition(".")[2]
    return host


def publisher_name(host: str, label: str = "") -> str:
    """A readable name for the publisher: the well-known one, else a citation's label, else the host.

    A label serves if it is short, has a letter and does not name an agency, which would not be who published;
    of "AFP via Malay Mail" the carrier does. A number alone counts links ("[2]").
    """
    known = _NAMES.get(publisher_host(host))
    if known:
        return known
    origin = parse_label(label)
    name = origin.carrier or origin.label
    is_short = len(name) <= MAX_LABEL_LENGTH and "://" not in name
    return name if is_short and any(map(str.isalpha, name)) and not agency_name(name) else host

"""Telling the language of running text, and saying nothing where it is not clear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import lexicon
from cleaner.language import _BEYOND_LATIN, _scripts, detect

SENTENCES = {
    "en": "The ferry was late on Monday, and the baker said that it had been worth the wait.",
    "de": "Die Fähre ist am Montag nicht gefahren, weil der Kapitän auf den Bäcker gewartet hat.",
    "fr": "Le bac est de retour dans le port, et le maire dit que les îles ne seront plus isolées.",
    "es": "El barco que une las dos orillas no salió el lunes, pero los vecinos lo esperan.",
    "pt": "A balsa não saiu na segunda-feira, mas os moradores da ilha dizem que foi bom.",
    "it": "Il traghetto non è partito lunedì, ma gli abitanti dell'isola sono nel porto.",
    "ca": "El vaixell no ha sortit dilluns, però els veïns de l'illa són al port amb les flors.",
    "ro": "Feribotul nu a plecat luni, dar locuitorii insulei sunt în port și spun că este bine.",
    "nl": "De veerboot is maandag niet uit de haven gekomen, maar het eiland wacht op hem.",
    "sv": "Färjan har inte gått på måndagen, men det är många som väntar på den vid kajen.",
    "da": "Færgen sejlede ikke mandag, men den er tilbage efter stormen af i går.",
    "nb": "Ferja gikk ikke mandag, men den er tilbake etter stormen, sier en av barna.",
    "fi": "Lautta ei ole kulkenut, mutta kapteeni on sanonut, että se palaa kun myrsky on ohi.",
    "is": "Ferjan er komin aftur og það var gott veður þegar hún sigldi til eyjunnar með fólk.",
    "pl": "Prom nie wypłynął w poniedziałek, ale mieszkańcy są w porcie i mówią, że to się uda.",
    "cs": "Přívoz v pondělí nevyplul, ale lidé na ostrově jsou rádi, že se opraví také stroj.",
    "sk": "Kompa v pondelok nevyplávala, ale ľudia na ostrove sú radi, že sa opraví aj motor.",
    "sl": "Trajekt v ponedeljek ni odplul, ker je bil na popravilu, a ljudje so tudi veseli.",
    "hr": "Trajekt u ponedjeljak nije isplovio, ali ljudi su na otoku, što će biti lijepo.",
    "hu": "A komp hétfőn nem indult el, de az emberek már a parton vannak, és tudják, hogy jön.",
    "et": "Praam ei ole esmaspäeval sõitnud, aga see on nüüd tagasi ja saare rahvas ootab seda ka.",
    "lt": "Keltas pirmadienį neišplaukė, bet žmonės yra uoste ir sako, kad jo laukia su gėlėmis.",
    "lv": "Prāmis pirmdien nebrauca, bet cilvēki ir ostā un saka, ka tas būs arī rīt.",
    "tr": "Feribot pazartesi kalkmadı, ancak ada sakinleri limanda ve bunun için çok mutlu.",
    "id": "Feri itu tidak berlayar hari Senin, tetapi ada warga yang menunggu dan bisa senang.",
    "vi": "Chiếc phà không chạy vào thứ Hai, nhưng người dân của đảo đã chờ ở bến với một bó hoa.",
    "eu": "Ferrya ez da astelehenean irten, baina uharteko jendea portuan dago eta lore bat du.",
    "ru": "Паром не вышел в понедельник, но жители острова были на причале, и это не беда.",
    "uk": "Пором не вийшов у понеділок, але мешканці були на причалі й кажуть, що це не біда.",
    "bg": "Фериботът не тръгна в понеделник, но хората от острова са на кея и ще го чакат.",
    "sr": "Трајект није испловио у понедељак, али људи су на пристаништу и кажу да ће доћи.",
    "el": "Το φέρι δεν έφυγε τη Δευτέρα, αλλά οι κάτοικοι του νησιού περιμένουν στο λιμάνι.",
    "he": "המעבורת לא הפליגה ביום שני, אבל תושבי האי מחכים לה ברציף עם פרחים.",
    "ar": "لم تبحر العبارة يوم الاثنين، لكن سكان الجزيرة في الميناء وقد قالوا إن هذا لا يهم.",
    "fa": "کشتی روز دوشنبه حرکت نکرد، اما مردم در بندر با گل منتظر آن هستند و این را گفتند.",
    "ur": "کشتی پیر کو نہیں چلی لیکن جزیرے کے لوگ بندرگاہ میں ہیں اور کہا کہ یہ اچھا ہے۔",
    "hi": "नौका सोमवार को नहीं चली, लेकिन द्वीप के लोग घाट पर हैं और कहा कि यह अच्छा है।",
    "bn": "সোমবার ফেরি ছাড়েনি, তবে দ্বীপের মানুষ ঘাটে ফুল নিয়ে অপেক্ষা করছে।",
    "th": "เรือข้ามฟากไม่ออกเมื่อวันจันทร์ แต่ชาวเกาะรออยู่ที่ท่าเรือพร้อมดอกไม้",
    "ko": "나룻배는 월요일에 다니지 않았지만 섬 주민들은 꽃을 들고 기다렸다.",
    "ja": "渡し船は月曜日に欠航したが、島の住民は花を持って桟橋で待っていた。",
    "zh": "渡轮周一没有开航，但岛上的居民拿着鲜花在码头等候。",
}  # fmt: skip


@pytest.mark.parametrize("tag", SENTENCES)
def test_a_sentence_tells_its_language(tag: str) -> None:
    assert detect(SENTENCES[tag]) == tag


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "2021-05-03 12:00",
        "*** --- ***",
        "Home News Sport Weather",
        "Harbour Post | Gull Rock | Longholm",
        "Startseite Nachrichten Sport Wetter",
        "Новости Спорт Погода Культура",
        "Ann Lee",
        "🙂🙂🙂",
        "ⴰⵢⵢⵓⵔ ⵜⴰⴼⵓⴽⵜ",
    ],
)
def test_where_nothing_tells_no_language_is_named(text: str) -> None:
    assert detect(text) is None


@given(st.text(st.characters()))
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    data = lexicon.load("languages")
    own = {script.get("language") for script in data["script"].values()}
    assert detect(text) in {None, *own, *data["words"]}


@given(st.sampled_from(sorted(SENTENCES)), st.text("0123456789 .,:;|-–\n•"))
def test_digits_and_signs_around_a_text_change_nothing(tag: str, signs: str) -> None:
    assert detect(f"{signs} {SENTENCES[tag]} {signs}"[:4_000]) == tag


@given(st.sampled_from(sorted(SENTENCES)))
def test_capitals_change_nothing(tag: str) -> None:
    if tag == "tr":
        return  # its dotless i has no capital of its own
    assert detect(SENTENCES[tag].upper()) == tag


def test_a_foreign_word_or_two_do_not_decide() -> None:
    assert detect(SENTENCES["en"] + " The boat is the «Всё и сразу», 渡轮.") == "en"
    assert detect(SENTENCES["zh"] * 2 + "船名叫「さくら」。") == "zh"
    assert detect("ユーロ圏の中央銀行はソーシャルメディアでコメントした") == "ja"


def test_two_languages_in_equal_parts_are_not_clear() -> None:
    assert detect("dan yang harbour dan yang") is None


def test_only_the_beginning_is_read() -> None:
    beginning = (SENTENCES["de"] + " ") * 60
    assert detect(beginning + SENTENCES["ru"] * 1000) == "de"


def test_letters_of_no_script_but_latin_stand_where_only_latin_is_looked_for() -> None:
    near = "".join(char for char in map(chr, range(0x3000)) if not _BEYOND_LATIN.search(char))
    assert [name for name, letters in _scripts().items() if letters.search(near)] == ["latin"]


def test_of_two_scripts_the_one_of_more_letters_counts() -> None:
    assert detect(SENTENCES["ru"] + " Ferry Port Hale") == "ru"
    assert detect(SENTENCES["en"] + " Паром") == "en"


def test_japanese_is_told_by_its_kana_and_chinese_by_having_hardly_any() -> None:
    assert detect("港口渡輪再開お知らせ") == "ja"
    assert detect("港口今日清晨起霧渡輪停航兩小時乘客改乘巴士の") == "zh"

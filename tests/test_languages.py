"""The vocabularies: what every file holds, and what becomes of real words in each language."""

import tomllib
import unicodedata
from dataclasses import dataclass, fields
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import rows, section

from stenogram.check.fidelity import compare
from stenogram.check.rules import breaches
from stenogram.check.schema import Schema
from stenogram.config import REACTION_TYPES, ImportConfig
from stenogram.errors import ConfigError, SourceError
from stenogram.sources import read_source
from stenogram.tei.encode import encode
from stenogram.tei.header import HeaderFacts
from stenogram.tei.load import load
from stenogram.transcript.decisions import Decisions
from stenogram.transcript.languages import known_languages, short_languages, vocabulary
from stenogram.transcript.languages.detection import tell_language
from stenogram.transcript.marks import find_marks
from stenogram.transcript.model import Paragraph, StageDirection, Turn
from stenogram.transcript.reactions import reaction
from stenogram.transcript.recognition import recognise
from stenogram.transcript.segmentation import citation_lines

FOLDER = files("stenogram.transcript.languages")
LANGUAGES = known_languages()
EVERY_LANGUAGE = pytest.mark.parametrize("code", LANGUAGES)
TABLES = {"reactions", "grades", "places", "words"}
LISTS = {
    "abbreviations",
    "one_voice",
    "many_voices",
    "note",
    "translator",
    "misprint",
    "quotation_marks",
}
TYPING = {
    "ordinals",
    "round_brackets",
    "sentence_ends",
    "spaced_marks",
    "spaced_words",
    "square_brackets",
}
GRADES = {"stormy", "prolonged", "unceasing", "loud", "general", "brief", "light"}
PLACES = {"hall", "gallery", "left", "right", "centre"}
MAY_BE_EMPTY = {"whose", "elisions"}
FEWEST = 12
"""Examples of either kind for each language."""

# Stage directions as they are printed or typed: types; grades; place.
DIRECTIONS = {
    "en": """
        Laughter in the hall | laughter | | hall
        laughter. | laughter | |
        prolonged, unceasing applause | applause | prolonged unceasing |
        Stormy, prolonged applause | applause | stormy prolonged |
        Laughter, applause | laughter applause | |
        Applause, all rise | applause business | |
        Stormy applause turning into an ovation | applause ovation | stormy |
        Commotion in the gallery | noise | | gallery
        A recess | pause | |
        Voices from the left: No! | interjection | | left
        Inaudible | delivery | |
        General cheers | cheers | general |
        """,
    "de": """
        Heiterkeit | laughter | |
        Lebhafter Beifall | applause | loud |
        Lang anhaltender, stürmischer Beifall | applause | prolonged stormy |
        Beifall bei der SPD und der FDP | applause | |
        Beifall auf allen Seiten des Hauses | applause | | hall
        Lachen bei der CDU/CSU | laughter | |
        Allgemeine Heiterkeit | laughter | general |
        Zurufe von links: Hört! Hört! | interjection | | left
        Große Unruhe rechts | noise | loud | right
        Glocke des Präsidenten | noise | |
        Heiterkeit und Beifall in der Mitte | laughter applause | | centre
        Unterbrechung von 13.14 bis 13.26 Uhr | pause | |
        Die Abgeordneten erheben sich von den Plätzen | business | |
        Minutenlanger, nicht enden wollender Beifall | applause | prolonged unceasing |
        Unruhe auf der Tribüne | noise | | gallery
        Hört! Hört! bei der LINKEN | interjection | |
        Schluss der Sitzung: 18.20 Uhr | setting | |
        """,
    "fr": """
        Rires | laughter | |
        Vifs applaudissements à gauche | applause | loud | left
        Applaudissements prolongés au centre | applause | prolonged | centre
        Applaudissements sur les bancs du groupe socialiste | applause | |
        Rires et exclamations à droite | laughter interjection | | right
        Mouvements divers | noise | |
        Tonnerre d’applaudissements | applause | stormy |
        Salve d'applaudissements sur les bancs de l'extrême gauche | applause | | left
        Exclamations à l’extrême droite | interjection | | right
        Très bien ! Très bien ! | interjection | |
        Bruit dans les tribunes | noise | | gallery
        L’assemblée se lève et applaudit longuement | business applause | prolonged | hall
        Plusieurs voix : Non ! | interjection | |
        M. le président agite sa sonnette | noise | |
        Silence | pause | |
        La séance est levée à dix-huit heures | setting | |
        """,
    "ru": """
        Смех в зале | laughter | | hall
        Бурные, продолжительные аплодисменты | applause | stormy prolonged |
        Аплодисменты | applause | |
        Бурные, долго не смолкающие аплодисменты | applause | stormy unceasing |
        Аплодисменты, переходящие в овацию. Все встают | applause ovation business | |
        Шум в зале | noise | | hall
        Оживление в зале, аплодисменты | noise applause | | hall
        Голос с места: Правильно! | interjection | |
        Голоса из зала: Верно! | interjection | | hall
        Объявляется перерыв | pause | |
        Общий смех | laughter | general |
        Шум, крики справа | noise interjection | | right
        Возгласы: «Ура!» | interjection | |
        Не слышно | delivery | |
        Аплодисменты слева | applause | | left
        Несмолкающие аплодисменты, крики «Ура!» | applause interjection cheers | unceasing |
        """,
    "es": """
        Risas | laughter | |
        Aplausos en los bancos de la izquierda | applause | | left
        Grandes aplausos | applause | loud |
        Prolongados aplausos | applause | prolonged |
        Rumores | noise | |
        Aplausos de los señores diputados del Grupo Parlamentario Socialista | applause | |
        Fuertes rumores y protestas | noise interjection | loud |
        Los señores diputados, puestos en pie, aplauden | business applause | |
        Aplausos en la tribuna de invitados | applause | | gallery
        Pausa | pause | |
        Muy bien | interjection | |
        Risas y aplausos en toda la sala | laughter applause | | hall
        Aplausos en las galerías | applause | | gallery
        Varias voces: ¡No! | interjection | |
        Se levanta la sesión | setting | |
        """,
    "it": """
        Ilarità | laughter | |
        Vivi applausi a sinistra | applause | loud | left
        Applausi dei deputati del gruppo comunista | applause | |
        Vivissimi, prolungati applausi | applause | loud prolonged |
        Commenti a destra | interjection | | right
        Proteste dei deputati del gruppo del PDL | interjection | |
        Rumori al centro | noise | | centre
        Applausi all’estrema sinistra | applause | | left
        Si ride | laughter | |
        L'Assemblea si leva in piedi | business | | hall
        Scroscianti applausi | applause | stormy |
        Pausa | pause | |
        Interruzioni e rumori | interjection noise | |
        Applausi dalle tribune | applause | | gallery
        Congratulazioni | business | |
        Voci dal centro: Bravo! | interjection | | centre
        """,
    "pl": """
        Oklaski | applause | |
        Burzliwe oklaski | applause | stormy |
        Długotrwałe oklaski | applause | prolonged |
        Długo niemilknące oklaski, przechodzące w owację | applause ovation | unceasing |
        Wesołość na sali | laughter | | hall
        Śmiech | laughter | |
        Głos z sali: Brawo! | interjection | | hall
        Głosy z sali: Tak jest! | interjection | | hall
        Gwar na sali, dzwonek | noise | | hall
        Oklaski na lewicy | applause | | left
        Oklaski posłów klubu PSL | applause | |
        Wszyscy wstają | business | |
        Zebrani powstają z miejsc | business | |
        Przerwa w posiedzeniu | pause | |
        Wypowiedź poza mikrofonem | delivery | |
        Poruszenie na galerii | noise | | gallery
        """,
    "hu": """
        Taps | applause | |
        Derültség | laughter | |
        Nagy taps | applause | loud |
        Hosszan tartó, viharos taps | applause | prolonged stormy |
        Élénk derültség és taps | laughter applause | loud |
        Taps az MSZP padsoraiban | applause | |
        Zaj a bal oldalon | noise | | left
        Közbeszólás a jobb oldalról: Úgy van! | interjection | | right
        Közbekiáltások | interjection | |
        Általános helyeslés | interjection | general |
        Szünet | pause | |
        Az elnök csenget | noise | |
        A jelenlévők felállnak és tapsolnak | business applause | |
        Éljenzés és taps a középen | cheers applause | | centre
        Mozgás a karzaton | noise | | gallery
        Szűnni nem akaró taps | applause | unceasing |
        """,
    "cs": """
        Potlesk | applause | |
        Bouřlivý potlesk | applause | stormy |
        Dlouhotrvající potlesk | applause | prolonged |
        Smích v sále | laughter | | hall
        Hluk v sále | noise | | hall
        Veselost | laughter | |
        Potlesk vlevo | applause | | left
        Výkřiky vpravo | interjection | | right
        Hlasy z pléna: Ano! | interjection | | hall
        Předsedající zvoní | noise | |
        Potlesk poslanců ODS | applause | |
        Přítomní povstávají | business | |
        Jednání přerušeno ve 12.30 | pause | |
        Neutuchající potlesk, všichni vstávají | applause business | unceasing |
        Neklid na galerii | noise | | gallery
        Všeobecný smích | laughter | general |
        """,
    "zh": """
        笑 | laughter | |
        眾笑 | laughter | |
        笑聲、掌聲 | laughter applause | |
        热烈鼓掌 | applause | loud |
        长时间的热烈掌声 | applause | prolonged loud |
        雷鳴般的掌聲，經久不息 | applause | stormy unceasing |
        全場大笑 | laughter | | hall
        全体起立，鼓掌 | business applause | |
        计时器响起 | noise | |
        議員舉手 | business | |
        沒有議員舉手 | business | |
        旁聽席上有人叫嚷 | interjection | | gallery
        會場騷動 | noise | | hall
        左邊有人喊叫：不對！ | interjection | | left
        会议休息 | pause | |
        听不清 | delivery | |
        """,
    "nl": """
        Gelach | laughter | |
        Applaus | applause | |
        Langdurig applaus | applause | prolonged |
        Daverend applaus | applause | stormy |
        Applaus van de fractie van de VVD | applause | |
        Hilariteit in de zaal | laughter | | hall
        Rumoer op de publieke tribune | noise | | gallery
        Geroep van links: Nee! | interjection | | left
        De leden staan op | business | |
        Luid gelach en applaus | laughter applause | loud |
        Stilte | pause | |
        Onverstaanbaar | delivery | |
        Algemene instemming | interjection | general |
        Geroffel op de bankjes | noise | |
        Rumoer rechts | noise | | right
        """,
    "pt": """
        Risos | laughter | |
        Aplausos do PS | applause | |
        Aplausos prolongados | applause | prolonged |
        Muito bem! Palmas | interjection applause | |
        Palmas prolongadas nas galerias | applause | prolonged | gallery
        Protestos do CDS-PP | interjection | |
        Vozes do PSD: — Muito bem! | interjection | |
        Aplausos gerais, de pé | applause business | general |
        Burburinho na sala | noise | | hall
        Soam as campainhas | noise | |
        Pausa | pause | |
        Risos e aplausos à esquerda | laughter applause | | left
        Apartes à direita | interjection | | right
        O orador não fala ao microfone. Inaudível | delivery | |
        Vibrantes aplausos no centro | applause | loud | centre
        Está encerrada a sessão | setting | |
        """,
}

# Words in brackets that are no stage direction.
NO_DIRECTIONS = {
    "en": ("see p. 3", "them"),
    "de": ("SPD", "siehe Seite 3", "DIE LINKE", "links"),
    "fr": ("12 pour, 3 contre", "à gauche", "voir p. 3"),
    "ru": ("см. стр. 3", "в центре города", "КПСС"),
    "es": ("véase la página 3", "PSOE", "a la derecha"),
    "it": ("legge n. 3", "DC", "a destra"),
    "pl": ("zob. s. 3", "PZPR", "po lewej"),
    "hu": ("lásd a 3. oldalt", "MSZMP", "a jobb megoldás"),
    "cs": ("viz str. 3", "KSČ", "ve středu"),
    "zh": ("見第三頁", "在左邊", "二〇一三年"),
    "nl": ("zie blz. 3", "PvdA", "links"),
    "pt": ("ver p. 3", "PCP", "à direita"),
}

# Running text; a stroke stands where a new citation line begins.
SENTENCES = {
    "en": """
        Com. Low spoke.| Mr. High did not.
        It was No. 5.| Why?
        See vol. 3, pp. 5 etc. of the minutes.
        J. Low spoke.| Then Dr. High.
        He met Mrs. Low and Ms. High on St. James day.
        Cdes. Low and High agree.| All do.
        They said: “Never.”| Then they left.
        Yes!| No?| Perhaps.
        Cf. the minutes vs. Nos. 3 and 4.
        It was over.| 12 left.
        He left. and they
        He came to St. Albans.| Nobody was there.
        """,
    "de": """
        Der Abg. Müller sprach.| Dann kam Hr. Schmidt.
        Am 4. November 1956 begann es.| Dann war es still.
        Auf dem 20. Parteitag sprach er.| Alle hörten zu.
        Wir haben z. B. Kohle, u. a. Steinkohle.| Das reicht.
        Das war im Jahre 1956.| Danach nicht.
        Gemäß Drs. 17/1107 und Nr. 5 gilt das.| So ist es.
        Er sagte: „Nein.“| Dann ging er.
        Das gilt bzw. Galt.| Ja!
        Ludwig XIV. Regierte lange.| Das weiß man.
        Prof. Dr. Meier, d. h. Er selbst, kam.| Und dann?
        Die Gen. Ulbricht und Pieck usw. Waren da.
        Das ist es, vgl. Anlage 3, i. V. Schulze.| Wirklich?
        Er rief: »Halt!«| Niemand hielt.
        """,
    "fr": """
        M. Dupont parle.| Mme Durand répond.
        MM. Dupont et Durand sont là.| Ils restent.
        « Oui. »| Elle sort.
        Il dit.| « Non. »| Puis il sort.
        Voir art. 5, p. 3, t. II, etc. du code.
        St. Pierre et Mgr. Durand viennent.| Bien.
        Pourquoi ?| Parce que !| Bien.
        M. J. Dupont est là.| Il parle.
        Cf. la loi.| Elle est claire.
        Le Dr. Durand arrive.| Enfin.
        Le 4 novembre 1956.| Le soir.
        « Est-ce vrai ? »| Oui.
        Cie. Durand et Sté. Dupont.| Voilà.
        """,
    "ru": """
        Тов. Хрущев выступил.| Все слушали.
        Н. С. Хрущев говорит.| Шум.
        В 1956 г. Венгрия была в огне.| Это так.
        Это т. Маленков сказал.| И т. Молотов.
        Мы, т. е. Партия, решили.| Верно.
        См. стр. 5 и ст. 3 устава.| Вот.
        Он сказал: «Нет.»| И ушел.
        Заводы, шахты и т. д. Работают.
        Проф. Иванов и акад. Петров здесь.| Хорошо.
        Почему?| Потому!| Ясно.
        В XX в. Так не делают.| Нет.
        На ул. Горького стоял дом.| Он сгорел.
        Тт. Жуков и Конев согласны.| Решено.
        """,
    "es": """
        El Sr. García habla.| La Sra. López contesta.
        Los Sres. García y López están.| Bien.
        El Excmo. Sr. Presidente habla.| Silencio.
        ¿Por qué?| ¡Porque sí!| Bien.
        Véase el art. 5, núm. 3, pág. 7.| Está claro.
        Dijo: «No.»| Y salió.
        EE. UU. Aceptó la propuesta.| Nosotros no.
        D. Juan y Dña. María vienen.| Al fin.
        El Dr. López llega.| Tarde.
        Uds. Saben.| Vds. También.
        J. L. García habla.| Nadie oye.
        La Av. Mayor es ancha.| ¿No?
        El Gral. Franco y el Cnel. Ruiz.| Nadie más.
        """,
    "it": """
        L'on. Rossi parla.| Poi tace.
        Gli onn. Rossi e Bianchi sono qui.| Bene.
        Il sig. Rossi e la sig. Bianchi.| Basta.
        Il dott. Rossi, il prof. Bianchi e l'avv. Verdi.| Ecco.
        Vedi art. 5, n. 3, pag. 7.| È chiaro.
        Disse: «No.»| E uscì.
        Perché?| Perché sì!| Bene.
        G. Rossi parla.| Nessuno ascolta.
        Cfr. La legge.| È qui.
        Nel 44 a.C. Cesare morì.| Poi altro.
        Il gen. Rossi e il col. Bianchi.| Fine.
        Il sen. Verdi e mons. Neri arrivano.| Tardi.
        """,
    "pl": """
        Tow. Gomułka mówi.| Wszyscy słuchają.
        Ob. Kowalski i pos. Nowak są.| Dobrze.
        Prof. Nowak oraz inż. Kowal.| Koniec.
        Mówił m. in. Gomułka.| Potem nikt.
        W 1956 r. Polska żyła.| Tak.
        Np. Warszawa, tj. Stolica.| Tak.
        Powiedział: „Nie.”| I wyszedł.
        Zob. Art. 5 i ust. 3.| Jasne.
        Dlaczego?| Dlatego!| Dobrze.
        W. Gomułka mówi.| Cisza.
        Gen. Berling i płk. Nowak.| Nikt więcej.
        Ul. Marszałkowska i pl. Zbawiciela.| Tam.
        Ks. Nowak i św. Jan.| Amen.
        """,
    "hu": """
        Dr. Nagy beszél.| Mindenki hallgat.
        Az 1956. november 4. napján történt.| Így volt.
        Id. Nagy és ifj. Kovács.| Ketten.
        A XX. Kongresszus döntött.| Jól.
        Azt mondta: „Nem.”| Elment.
        Miért?| Azért!| Jó.
        Pl. Budapest, stb. Városok.
        A 4. Hadsereg jött.| Aztán elment.
        Kovács elvt. Beszél.| Csend.
        Özv. Nagyné itt van.| Ül.
        Ld. A törvényt.| Világos.
        II. Rákóczi Ferenc volt.| Igen.
        A t. Ház dönt.| Jól.
        """,
    "cs": """
        Dr. Novák mluví.| Všichni poslouchají.
        S. Novotný mluví.| Ticho.
        Dne 4. listopadu 1956 to začalo.| Pak ticho.
        Na XX. Sjezdu mluvil.| Dlouho.
        Např. Praha, tj. Hlavní město.| Ano.
        Řekl: „Ne.“| A odešel.
        Proč?| Proto!| Dobře.
        Podle čl. 5, odst. 3, str. 7 zákona.| Jasné.
        Prof. Novák, ing. Svoboda a doc. Dvořák.| Konec.
        JUDr. Novák a MUDr. Svoboda.| Dva.
        Uhlí, ocel atd. Máme.
        Na 2. Evropském kongresu.| Tam.
        Ul. Dlouhá a nám. Míru.| Tam.
        """,
    "zh": """
        主席說話。|大家聽。|沒有人反對！
        為甚麼？|因為這樣。
        他說：「好。」|然後走了。
        會議開始。 |主席發言。
        他問：『是嗎？』|沒有人回答。
        这是第一。|这是第二。|完了
        共有3.5億元。|不多。
        真的？！|真的。
        他說（見附件。）然後走了。|完。
        Mr. Wong 來了。|他坐下。
        他说：“对。”|大家鼓掌。
        2013年。|2月。
        主席，好嗎？|好！|謝謝……
        """,
    "nl": """
        Dhr. Jansen spreekt.| Men luistert.
        Mevr. De Vries en mr. Jansen zijn er.| Goed.
        Zie art. 5, blz. 3, nr. 7.| Duidelijk.
        Wij hebben o. a. Kolen.| Genoeg.
        Hij zei: “Nee.”| Toen ging hij.
        Waarom?| Daarom!| Goed.
        Prof. Dr. Jansen en ir. De Boer.| Klaar.
        D. w. z. Nederland.| Ja.
        Bijv. Amsterdam.| Ja.
        J. Jansen spreekt.| Stilte.
        Op 4 nov. 1956 begon het.| Toen niet meer.
        Gen. Jansen en kol. De Vries.| Niemand meer.
        """,
    "pt": """
        O Sr. Silva fala.| A Sra. Costa responde.
        Os Srs. Silva e Costa estão.| Bem.
        V. Ex. Sabe.| Eu não.
        O Exmo. Sr. Presidente fala.| Silêncio.
        Ver art. 5, pág. 3, vol. 7.| Claro.
        Disse: «Não.»| E saiu.
        Porquê?| Porque sim!| Bem.
        O Dr. Silva e a Dra. Costa.| Chega.
        O Prof. Costa e o Eng. Silva.| Fim.
        J. Silva fala.| Ninguém ouve.
        O Gen. Silva e o Cel. Costa.| Mais ninguém.
        A Av. Central é larga.| Não é?
        O dep. Silva e o sen. Costa.| Fim.
        """,
}

# Round brackets of stage directions, labels with their marks, notes and the like.
TYPED = {
    "de": (
        "MÜLLER. |ZURUFE: |Abg. Weiß: |"
        "(Beifall bei der SPD) |[Anm. d. Übers.: „so“] |„Nein.“ |»Ja!« "
    ),
    "fr": (
        "DUPONT. |VOIX À GAUCHE : |(Vifs applaudissements.) |[N.d.T. : tel quel] |« Non. » |l’État "
    ),
    "ru": "ХРУЩЕВ. |ГОЛОС ИЗ ЗАЛА: |(Бурные аплодисменты) |[так — Прим. перев.] |«Нет.» |„Да“ ",
    "es": "GARCÍA. |VARIAS VOCES: |(Risas.) |[Nota del traductor: así] |«No.» |¿Qué? ",
    "it": "ROSSI. |VOCI: |(Ilarità) |[N.d.T.: così] |«No.» |l'on. Neri ",
    "pl": "GOMUŁKA. |GŁOSY: |(Oklaski) |[Przyp. tłum.: tak] |„Nie.” |»Tak« ",
    "hu": "NAGY. |HANG: |(Derültség) |[A fordító megjegyzése: így] |„Nem.” |1956. november 4. ",
    "cs": "NOVÁK. |HLASY: |(Potlesk) |[Pozn. překl.: tak] |„Ne.“ |XX. Sjezd ",
    "zh": (
        "主席：|主席： |眾人：|（笑聲）|（笑聲。）|(笑) |［譯者註：如此］|【他】|［sic］|字[sic]|"
        "「好。」|他說。|為甚麼？|（|］|[CHAIR] "
    ),
    "nl": "JANSEN. |STEMMEN: |(Gelach) |[Noot van de vertaler: zo] |“Nee.” |„Ja” ",
    "pt": "SILVA. |VOZES: |(Risos) |[Nota do tradutor: assim] |«Não.» |Sr. Costa ",
    "en": "CHAIR. |VOICES: |(Laughter) |[so — Translator's note] |“No.” |Mr. Low ",
}
COMMON = "[sic] |word[sic] |[|]|(|)|\n|\n\n|\n    |. |words |Words |毛|字\n字|\u00a0|- |5. "
SCHEMA = Schema()


@dataclass(frozen=True, slots=True)
class Example:
    """A stage direction, and what it means."""

    words: str
    types: tuple[str, ...]
    grades: tuple[str, ...]
    place: str


def _directions():
    for code, table in DIRECTIONS.items():
        for row in table.strip().split("\n"):
            words, types, grades, place = (cell.strip() for cell in row.split("|"))
            yield code, Example(words, tuple(types.split()), tuple(grades.split()), place)


def _sentences():
    for code, table in SENTENCES.items():
        for row in table.strip().split("\n"):
            yield code, row.strip()


def _language(code):
    return vocabulary(ImportConfig(language=code))


def _file(code):
    return tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


def _imported(text, code):
    source = read_source("any.txt", text.encode())
    decisions = Decisions()
    transcript = recognise(source, ImportConfig(language=code), decisions)
    facts = HeaderFacts(
        document="any", language=code, source_name="any.txt", source_sha256=source.sha256
    )
    return source, transcript, encode(transcript, facts)


# What every file holds


def test_there_is_a_vocabulary_for_each_of_the_promised_languages():
    promised = {"cs", "de", "en", "es", "fr", "hu", "it", "nl", "pl", "pt", "ru", "zh"}
    assert promised == set(LANGUAGES) == set(DIRECTIONS) == set(SENTENCES) == set(TYPED)


@EVERY_LANGUAGE
def test_a_file_has_every_key_and_none_besides(code):
    data = _file(code)
    assert set(data) - {"typing"} == TABLES | LISTS
    assert set(data["words"]) == {"plain", *MAY_BE_EMPTY}
    assert set(data.get("typing", {})) <= TYPING
    filled = {**data, **data["words"]}
    assert [key for key, value in filled.items() if not value and key not in MAY_BE_EMPTY] == []


@EVERY_LANGUAGE
def test_a_word_means_a_type_a_grade_and_a_place_that_exist(code):
    data = _file(code)
    assert set(data["reactions"].values()) <= set(REACTION_TYPES)
    assert set(data["grades"].values()) <= GRADES
    assert set(data["places"].values()) <= PLACES


@EVERY_LANGUAGE
def test_a_word_means_one_thing(code):
    data = _file(code)
    tables = [*(set(data[name]) for name in ("reactions", "grades", "places"))]
    tables.append(set(data["words"]["plain"]))
    shared = [one & other for i, one in enumerate(tables) for other in tables[i + 1 :]]
    assert set().union(*shared) == set()
    assert set(data["one_voice"]) & set(data["many_voices"]) == set()


@EVERY_LANGUAGE
def test_a_file_is_in_composed_characters_and_its_words_in_small_letters(code):
    text = (FOLDER / f"{code}.toml").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    data = _file(code)
    words = [word for name in ("reactions", "grades", "places") for word in data[name]]
    words += [word for some in data["words"].values() for word in some]
    words += [
        w
        for name in ("one_voice", "many_voices", "note", "translator", "misprint")
        for w in data[name]
    ]
    assert [word for word in words if word != word.casefold()] == []


@EVERY_LANGUAGE
def test_no_word_stands_twice_in_a_list(code):
    data = _file(code)
    lists = [*(data[name] for name in LISTS), *data["words"].values()]
    assert [word for some in lists for word in set(some) if some.count(word) > 1] == []


@EVERY_LANGUAGE
def test_a_phrase_of_stage_directions_is_found_as_it_stands_in_the_file(code):
    language = _language(code)
    for word, kind in language.reactions.items():
        assert reaction(word, language).types == (kind,), word


def test_each_language_has_examples_enough():
    for examples in (list(_directions()), list(_sentences())):
        assert min(sum(c == code for c, _ in examples) for code in LANGUAGES) >= FEWEST


def test_every_key_of_a_file_is_described_and_none_besides():
    data = [_file(code) for code in LANGUAGES]
    keys = {key for some in data for key in some if key not in ("words", "typing")}
    keys |= {f"words.{key}" for some in data for key in some["words"]}
    assert set(rows(section("languages", "What a vocabulary holds"))) == keys
    typing = {key for some in data for key in some.get("typing", {})}
    assert set(rows(section("languages", "How a language is typed"))) == typing == TYPING


def test_the_values_that_a_word_may_have_are_described():
    described = rows(section("languages", "What a vocabulary holds"))
    for key, values in (("grades", GRADES), ("places", PLACES)):
        assert all(f"`{value}`" in f"`{described[key][0]}`" for value in values)


# What becomes of real words


@pytest.mark.parametrize(("code", "example"), list(_directions()))
def test_a_stage_direction_is_understood(code, example):
    found = reaction(example.words, _language(code))
    assert Example(example.words, found.types, found.grades, found.place) == example


@pytest.mark.parametrize(
    ("code", "words"), [(code, words) for code, some in NO_DIRECTIONS.items() for words in some]
)
def test_other_words_in_brackets_are_no_stage_direction(code, words):
    assert reaction(words, _language(code)).types == ()


@pytest.mark.parametrize(("code", "marked"), list(_sentences()))
def test_lines_end_where_sentences_do(code, marked):
    language = _language(code)
    text = marked.replace("|", "")
    brackets = [span.stretch for span in find_marks(text, language).brackets]
    lines = [text[start:end] for start, end in citation_lines(text, brackets, [], language)]
    assert lines == [part.strip(" ") for part in marked.split("|")]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("de", "Beifall bei der SPD sowie bei Abgeordneten des BÜNDNISSES 90/DIE GRÜNEN"),
        ("fr", "Applaudissements sur les bancs du groupe UMP"),
        ("es", "Aplausos de los señores diputados del Grupo Popular"),
        ("it", "Applausi dei deputati del gruppo Forza Italia"),
        ("pl", "Oklaski posłów Samoobrony"),
        ("hu", "Taps a Fidesz padsoraiban"),
        ("cs", "Potlesk poslanců KDU-ČSL"),
        ("nl", "Applaus van de PvdA"),
        ("pt", "Aplausos do PCP e do BE"),
    ],
)
def test_names_of_parties_cast_no_doubt_on_a_stage_direction(code, words):
    assert reaction(words, _language(code)).unknown == ()


@pytest.mark.parametrize(
    ("code", "words", "unknown"),
    [
        ("en", "Applause for the Liberals", ("liberals",)),
        ("de", "Gestern Beifall bei der SPD", ("gestern",)),
        ("fr", "Rires polis", ("polis",)),
        ("zh", "笑聲是最好的良藥", ("是最好", "良藥")),
    ],
)
def test_other_unknown_words_do(code, words, unknown):
    found = reaction(words, _language(code))
    assert found.types
    assert found.unknown == unknown


def test_a_character_that_is_a_word_by_itself_is_none_inside_another():
    chinese = _language("zh")
    assert reaction("笑", chinese).types == ("laughter",)
    assert reaction("開玩笑", chinese).types == ()


@pytest.mark.parametrize(
    ("code", "text", "quoted"),
    [
        ("de", "Er rief „Halt“ und ging.", ["„Halt“"]),
        ("de", "Er rief »Halt« und »Nein«.", ["»Halt«", "»Nein«"]),
        ("de", "Er rief «Halt» und «Nein».", ["«Halt»", "«Nein»"]),
        ("de", "Er rief „Halt” und ging.", ["„Halt”"]),
        ("pl", "Mówi: „Tak” i »nie«.", ["„Tak”", "»nie«"]),
        ("hu", "Azt mondta: „Igen” és »nem«.", ["„Igen”", "»nem«"]),
        ("ru", "Он сказал «Да» и „нет“.", ["«Да»", "„нет“"]),
        ("zh", "他說「好」和『不』。", ["「好」", "『不』"]),
        ("nl", "Hij riep „ja” en ging.", ["„ja”"]),
    ],
)
def test_quotations_have_the_marks_of_their_language(code, text, quoted):
    marks = find_marks(text, _language(code))
    assert [text[span.start : span.end] for span in marks.quotations] == quoted
    assert marks.lonely == ()


def test_a_variety_of_a_language_has_its_vocabulary():
    swiss, german = _language("de-CH"), _language("de")
    assert all(getattr(swiss, one.name) == getattr(german, one.name) for one in fields(german))


def test_a_language_without_a_vocabulary_is_refused_with_those_that_have_one():
    with pytest.raises(ConfigError, match=r'"tlh" .*; there is one for: cs, de, en'):
        _language("tlh")


def test_words_of_the_edition_are_added_to_those_of_the_language():
    config = ImportConfig(language="fr", reactions={"Claque": "applause"})
    assert reaction("claque et rires", vocabulary(config)).types == ("applause", "laughter")


# Whole transcripts


def test_a_chinese_transcript_needs_no_white_space():
    text = (
        "主席：現在開會。請陳議員發言。\n\n陳議員：主席，我反對！（眾笑）為甚麼？\n\n"
        "主席：肅靜。\n\n陳議員：好。［譯者註：粵語］\n"
    )
    source, transcript, tei = _imported(text, "zh")
    turns = [part for section in transcript.sections for part in section.parts]
    assert all(isinstance(turn, Turn) for turn in turns)
    assert [speaker.name for speaker in transcript.speakers] == ["主席", "陳議員"]
    assert [len(turn.parts[0].lines) for turn in turns] == [2, 2, 1, 1]
    nodes = [node for line in turns[1].parts[0].lines for node in line.content]
    (direction,) = (node for node in nodes if isinstance(node, StageDirection))
    assert direction.types == ("laughter",)
    assert 'content: "（"' in tei.decode()
    assert compare(load(tei, "any.xml"), source).percent == 100


def test_chinese_words_that_a_line_break_cuts_are_whole():
    source, transcript, tei = _imported("今天下午的\n會議（大\n笑）結束了。\n", "zh")
    (paragraph,) = transcript.sections[0].parts
    assert isinstance(paragraph, Paragraph)
    assert '<stage xml:id="S01" type="laughter">大<lb' in tei.decode()
    assert compare(load(tei, "any.xml"), source).percent == 100


def test_a_document_in_two_kinds_of_brackets_has_those_that_are_commoner():
    _, _, tei = _imported("他來了 (笑) 又走了 (掌聲) 又來了（笑）。\n", "zh")
    assert tei.decode().count("<stage ") == 2
    assert "（笑）" in tei.decode()


@pytest.mark.parametrize(
    ("code", "label", "group"),
    [
        ("de", "ZURUFE", True),
        ("fr", "UNE VOIX", False),
        ("ru", "ГОЛОС ИЗ ЗАЛА", False),
        ("es", "VARIAS VOCES", True),
        ("it", "VOCI", True),
        ("pl", "GŁOS Z SALI", False),
        ("hu", "KÖZBEKIÁLTÁSOK", True),
        ("cs", "HLASY", True),
        ("nl", "STEMMEN", True),
        ("pt", "UMA VOZ", False),
        ("zh", "眾人", True),
    ],
)
def test_voices_from_the_hall_are_known(code, label, group):
    _, transcript, _ = _imported(f"{label}: Ja.\n\n{label}: Nein.\n", code)
    (speaker,) = transcript.speakers
    assert speaker.group == group
    assert speaker.name.endswith("(unidentified)") != group


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("en", "Translator’s note: odd"),
        ("de", "Anm. d. Übers.: seltsam"),
        ("fr", "Note du traducteur : étrange"),
        ("fr", "N.d.T. – étrange"),
        ("ru", "Странно. — Прим. перев."),
        ("ru", "Примечание переводчика: странно"),
        ("es", "Nota del traductor: raro"),
        ("it", "N.d.T.: strano"),
        ("pl", "Przyp. tłum.: dziwne"),
        ("hu", "A fordító megjegyzése: furcsa"),
        ("cs", "Pozn. překl.: divné"),
        ("zh", "譯者註：奇怪"),
        ("nl", "Noot van de vertaler: vreemd"),
        ("pt", "Nota do tradutor: estranho"),
    ],
)
def test_a_note_is_known_by_its_words(code, note):
    _, _, tei = _imported(f"Aa [{note}] bb.\n\n[{note}]\n", code)
    assert tei.decode().count("<note ") == 2


@pytest.mark.parametrize(
    "text",
    [
        "[CHAIR OF\nTHE PARTY] Hello.",
        "They left (\nLaughter) again.",
        "CHAIR. [] No.",
        "[]",
        "CHAIR. \n\nVOICE. \n\n[Translator's note: all]",
    ],
    ids=[
        "label on two lines",
        "bracket at the end of a line",
        "nothing in brackets",
        "nothing but brackets",
        "labels without words",
    ],
)
def test_odd_typing_is_kept(text):
    _is_kept_whole(text, "en")


def _is_kept_whole(text, code):
    source, _, tei = _imported(text, code)
    document = load(tei, "any.xml")
    assert compare(document, source).differences == ()
    assert [b.message for b in SCHEMA.breaches(document)] == []
    assert [b.message for b in breaches(document, "any")] == []


@EVERY_LANGUAGE
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_nothing_is_lost_in_any_language(code, data):
    pieces = st.sampled_from((TYPED[code] + "|" + COMMON).split("|"))
    text = "".join(data.draw(st.lists(pieces, min_size=1, max_size=30)))
    try:
        _is_kept_whole(text, code)
    except SourceError:
        return  # refused with a message; nothing is written


# Short vocabularies

SHORT = {
    "ar": ("تصفيق", "أيها السادة، نفتتح الجلسة الآن"),
    "da": ("Latter", "Det er ikke det, som jeg har sagt, men det var en god sag for os"),
    "el": ("Χειροκροτήματα", "Δεν είναι αυτό που θα ήθελα να πω για το θέμα"),
    "fi": ("Naurua", "Se on niin, että hän oli siellä, mutta me olemme nyt tässä ja kun"),
    "he": ("מחיאות כפיים", "אני פותח את הישיבה בבקשה"),
    "hi": ("व्यवधान", "महोदय मैं यह कहना चाहता हूं"),
    "ja": ("拍手", "これより会議を開きます。おはようございます。"),
    "ko": ("웃음소리", "회의를 개의하겠습니다"),
    "no": ("Munterhet", "Jeg har ikke sagt det, og vi skal nå se hva de har å si til det"),
    "ro": (
        "Aplauze",
        "Nu este vorba de un pod, ci de o problemă pe care o avem din ce în ce mai mult",
    ),
    "sv": ("Munterhet", "Jag är inte den som har sagt att vi ska göra det, men det är så"),
    "tr": ("Alkışlar", "Bu çok önemli bir konu ama biz ne var ne yok bunu da daha sonra diye"),
    "uk": ("Оплески", "Я не знаю, що це було, але ми є тут і так як він про це"),
}
SHORT_KEYS = {
    "chair", "first_person", "function_words", "many_voices", "month_names", "offices", "one_voice",
    "plain", "reactions", "titles",
}  # fmt: skip


def test_each_short_vocabulary_has_an_example():
    assert set(SHORT) == set(short_languages())


@pytest.mark.parametrize("code", sorted(SHORT))
def test_a_short_vocabulary_has_every_key_and_types_that_exist(code):
    data = tomllib.loads((FOLDER / "short" / f"{code}.toml").read_text(encoding="utf-8"))
    assert set(data) - {"script"} == SHORT_KEYS
    assert set(data["reactions"]) <= set(REACTION_TYPES)
    assert set(data["chair"]) <= set(data["offices"])


@pytest.mark.parametrize(("code", "words"), [(code, words) for code, (words, _) in SHORT.items()])
def test_a_reaction_is_known_in_a_language_with_a_short_vocabulary(code, words):
    found = reaction(words, _language(code))
    assert found.types
    assert not found.unknown


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, (_, text) in SHORT.items()])
def test_a_language_with_a_short_vocabulary_is_told(code, text):
    assert tell_language([text], "en").code == code

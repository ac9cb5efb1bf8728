"""English news is always read, whatever else stands in it; other languages are told from it."""

import subprocess
import sys

import pytest

from app.documents import LANGUAGE_NOT_READ, Hints, RawDocument, Stated
from app.extraction import extract
from app.extraction.language import tell_language

ENGLISH = (
    "The town council voted on Monday night to close the old ferry terminal, ending a dispute that has divided "
    "residents for almost ten years. “We could not go on paying for a pier that nobody uses,” said Mayor Ada Okafor."
)
SQUAD = (
    "Coach Luis Suárez named his squad on Friday, saying the young players had earned it.\n\n"
    "Goalkeepers: Donis Escober (Olimpia), Luis López (Real España), Ricardo Canales (Vida).\n\n"
    "Defenders: Brayan Beckeles (Necaxa), Henry Figueroa (Motagua), Félix Crisanto (Motagua), Ever Alvarado "
    "(Olimpia), Emilio Izaguirre (Celtic)."
)
OTHERS = {
    "fr": (
        "Le conseil municipal a voté lundi soir la fermeture de l'ancien terminal. « Nous ne pouvions "
        "plus payer pour un quai que personne n'utilise », a déclaré la maire Ada Okafor devant les "
        "journalistes."
    ),
    "de": (
        "Der Stadtrat beschloss am Montagabend, das alte Fährterminal zu schließen. „Wir konnten nicht "
        "länger für einen Anleger zahlen, den niemand benutzt“, sagte Bürgermeisterin Ada Okafor."
    ),
    "es": (
        "El ayuntamiento votó el lunes por la noche cerrar la antigua terminal. «No podíamos seguir "
        "pagando un muelle que nadie usa», dijo la alcaldesa Ada Okafor a los periodistas."
    ),
    "nl": (
        "De gemeenteraad stemde maandagavond voor sluiting van de oude veerhaven. “We konden niet "
        "blijven betalen voor een steiger die niemand gebruikt”, zei burgemeester Ada Okafor."
    ),
    "da": (
        "Byrådet stemte mandag aften for at lukke den gamle færgeterminal. »Vi kunne ikke blive ved med "
        "at betale for en mole, som ingen bruger,« sagde borgmester Ada Okafor."
    ),
    "no": (
        "Bystyret vedtok mandag kveld å stenge den gamle fergeterminalen. – Vi kunne ikke fortsette å "
        "betale for en brygge som ingen bruker, sa ordfører Ada Okafor til avisen."
    ),
    "it": (
        "Il consiglio comunale ha votato lunedì sera per chiudere il vecchio terminal. «Non potevamo "
        "continuare a pagare per un molo che nessuno usa», ha detto la sindaca Ada Okafor."
    ),
    "pl": (
        "Rada miasta zagłosowała w poniedziałek wieczorem za zamknięciem starego terminalu. „Nie "
        "mogliśmy dalej płacić za przystań, z której nikt nie korzysta” – powiedziała burmistrzyni Ada "
        "Okafor."
    ),
    "id": (
        "Dewan kota memutuskan pada Senin malam untuk menutup terminal feri lama. “Kami tidak bisa terus "
        "membayar dermaga yang tidak dipakai siapa pun,” kata Wali Kota Ada Okafor."
    ),
    "ru": (
        "Городской совет в понедельник вечером проголосовал за закрытие старого терминала. «Мы не могли "
        "и дальше платить за причал, которым никто не пользуется», — сказала мэр Ада Окафор."
    ),
    "ko": (
        "항만 위원회는 월요일 밤 오래된 여객선 터미널을 닫기로 결정했다. "
        "“아무도 쓰지 않는 부두에 더는 돈을 쓸 수 없었습니다.” 시장은 말했다."
    ),
}


def warnings_of(text, form="text", **hints):
    return extract(RawDocument(text.encode(), form, Hints(**hints))).warnings


def test_the_language_of_a_sentence_is_told():
    stated = tell_language("The town council voted on Monday night to close the old ferry terminal.")
    assert stated.value == "en"


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_in_another_language_is_not_read(language):
    text = OTHERS[language]
    assert tell_language(text).value in (language, {"no": "nb"}.get(language))
    assert LANGUAGE_NOT_READ in warnings_of(text)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Council to close ferry terminal",
        "“" + OTHERS["fr"] + "” That is what she wrote on Monday.\n\n" + ENGLISH,
        ENGLISH + "\n\n" + OTHERS["es"] + "\n\n" + OTHERS["es"],
        SQUAD,
        "12 – 7, 13 – 9.",
    ],
)
def test_english_is_read_whatever_stands_beside_it(text):
    assert LANGUAGE_NOT_READ not in warnings_of(text)


def test_an_english_article_that_opens_with_a_french_quotation_is_english():
    assert tell_language(f"« {OTHERS['fr']} » {ENGLISH} {ENGLISH}").value == "en"


def test_a_text_in_another_language_with_an_english_quotation_is_not_read():
    text = "\n\n".join(
        [OTHERS["nl"], *[OTHERS["nl"].replace("oude", word) for word in ("nieuwe", "grote")]] * 3
    )
    assert LANGUAGE_NOT_READ in warnings_of(
        f"{text}\n\n“We had no choice, and everybody here knows that,” he said."
    )


def test_who_states_the_language_is_believed_where_the_text_does_not_deny_it():
    assert LANGUAGE_NOT_READ in warnings_of("Bestuur", language="nl")
    assert LANGUAGE_NOT_READ not in warnings_of(ENGLISH, language="nl")
    assert LANGUAGE_NOT_READ not in warnings_of(OTHERS["nl"], language="en-GB")


def test_a_language_nobody_can_tell_is_not_known_to_be_another():
    assert tell_language("Yes.") == Stated.absent("too little text to tell the language")
    assert LANGUAGE_NOT_READ not in warnings_of("Yes.")


def test_importing_extraction_leaves_numpy_out():
    code = "import sys, app.extraction; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

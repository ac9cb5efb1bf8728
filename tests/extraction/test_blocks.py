"""Blocks: blank lines, lines broken at a width, bullets."""

from app.extraction.blocks import cut_blocks, ends_sentence, locate


def texts(text):
    return [block.text for block in cut_blocks(text)]


def test_a_line_broken_in_mid_sentence_is_joined_again():
    page = "The harbour master warned of the strait in the face of his rival's bellicose\nthreats.\n\nNext."
    assert (
        texts(page)[0]
        == "The harbour master warned of the strait in the face of his rival's bellicose threats."
    )


def test_a_line_of_no_break_spaces_is_blank():
    assert texts("One.\n\xa0\xa0 \nTwo.") == ["One.", "Two."]


def test_mail_wrapped_at_a_width_is_one_paragraph_even_where_a_line_ends_a_sentence():
    mail = (
        "The council voted on Monday night to close the old ferry terminal.\n"
        "Mayor Ada Lund said the decision would save the town some money.\n"
        "Two members abstained from the vote, which took well over an hour."
    )
    assert len(texts(mail)) == 1


def test_short_lines_of_a_menu_are_not_joined():
    assert texts("Home\nnews\nsport") == ["Home", "news", "sport"]


def test_bullets_start_their_own_blocks_and_are_left_out_of_the_text():
    blocks = cut_blocks("  • Ferries\n  • Trams")
    assert [(block.text, block.has_bullet) for block in blocks] == [("Ferries", True), ("Trams", True)]


def test_a_sentence_may_end_in_quotation_marks_or_a_credit():
    assert ends_sentence("“It sank.”")
    assert ends_sentence("It sank. (Harbour Wire)")
    assert not ends_sentence("Ferry sinks")


def test_a_surface_is_found_in_the_raw_text_whatever_its_white_space():
    raw = "By  Ada\n   Lund said the ferry master of the harbour"
    (block,) = cut_blocks(raw.replace("\n", " "))
    assert locate(raw, block, "Ada Lund").of(raw) == "Ada\n   Lund"

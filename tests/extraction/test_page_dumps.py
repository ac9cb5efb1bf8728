"""Whole page dumps in the styles of wire, tabloid, broadcaster, blog and mail: body and fields together."""

import textwrap
from datetime import UTC, datetime

import pytest

from app.documents import Dateline, Hints, RawDocument
from app.errors import NoArticle
from app.extraction import extract
from tests.extraction.pages import BODY, PARAGRAPHS, page

COMMENTS = (
    "The mayor never listened to anybody, and I have lived here for forty years and voted in each of them.",
    "My father worked on that pier. He said that the harbour office would sell it before the decade ended.",
    "Does anyone know what will happen to the kiosk? The council said nothing about it in the meeting.",
)


def read(content, **hints):
    return extract(RawDocument(content, "page", Hints(**hints)))


def reasons(article):
    return {removed.text: removed.reason for removed in article.removed}


def test_a_broadcaster_page_keeps_its_body_only():
    article = read(
        page(
            head="Skip to content\n\nHome\nNews\nSport\nWeather\n\n"
            "Port Ashby council votes to close ferry terminal\n\n"
            "By Mina Roth\n\n7 May 2019\n\nShare",
            tail="Related topics\n\n  • Port Ashby\n  • Ferries\n\nMore on this story\n\nTerms of use\n\n"
            "© 2019 Coastal Broadcasting. All rights reserved.",
        )
    )
    assert article.text == BODY
    assert article.headline.value == "Port Ashby council votes to close ferry terminal"
    assert article.authors.value == ("Mina Roth",)
    assert article.published.value.at == datetime(2019, 5, 7, tzinfo=UTC)
    assert article.published.value.precision == "day"


def test_a_wire_story_has_dateline_agency_and_several_authors():
    article = read(
        page(
            head="Ferry terminal to close after 88 years\n\nBy Mina Roth and Theo van Aker, Reuters\n\n"
            "May 7, 2019 4:30 PM EDT",
            body="PORT ASHBY, May 7 (Reuters) - " + BODY,
        )
    )
    assert article.text == BODY
    assert article.dateline.value == Dateline("PORT ASHBY", "Reuters")
    assert article.authors.value == ("Mina Roth", "Theo van Aker")
    assert article.published.value.at == datetime(2019, 5, 7, 20, 30, tzinfo=UTC)
    assert article.published.value.zone == "stated"


def test_a_closing_credit_is_cut_and_named():
    article = read(page(head="Ferry terminal to close", body=BODY + " (AFP)"))
    assert article.credit.value == "AFP"
    assert article.text == BODY


def test_a_credit_on_its_own_line_is_named():
    article = read(page(head="Ferry terminal to close", tail="- Reuters"))
    assert article.credit.value == "Reuters"
    assert article.text == BODY


def test_published_and_modified_are_told_apart():
    article = read(
        page(
            head="Ferry terminal of Port Ashby to close\n\n"
            "Published: 09:25, 7 May 2019 | Updated: 11:02, 8 May 2019"
        )
    )
    assert article.published.value.at == datetime(2019, 5, 7, 9, 25, tzinfo=UTC)
    assert article.modified.value.at == datetime(2019, 5, 8, 11, 2, tzinfo=UTC)


def test_an_update_time_alone_is_no_publication_date():
    article = read(page(head="Ferry terminal of Port Ashby to close\n\nUpdated: 8 May 2019, 11:02"))
    assert article.published.value is None
    assert article.modified.value.at == datetime(2019, 5, 8, 11, 2, tzinfo=UTC)


def test_a_label_on_its_own_line_speaks_for_the_date_below_it():
    article = read(
        page(head="Ferry terminal of Port Ashby to close\n\nLast updated\n\n2019-05-08T11:02:33+02:00")
    )
    assert article.modified.value.at == datetime(2019, 5, 8, 9, 2, 33, tzinfo=UTC)
    assert article.modified.value.precision == "second"


def test_a_tabloid_page_loses_share_buttons_captions_and_teasers():
    article = read(
        page(
            head="Pier pressure! Fury as council axes beloved ferry\n\nBy MINA ROTH FOR ASHBY ONLINE\n\n"
            "PUBLISHED: 09:25, 7 May 2019\n\nShare\n\nFacebook\n\n44 shares\n\n"
            "Photo: The old pier (Getty Images)",
            tail="Read more: Ten piers to see before they go\n\nMost read\n\n"
            "Sign up for our daily newsletter\n\n"
            "Comments\n\nShare what you think",
        )
    )
    assert article.text == BODY
    assert article.authors.value == ("Mina Roth",)


def test_a_blog_post_loses_its_comments():
    article = read(
        page(
            head="The ferry terminal is closing\n\nPosted on May 7, 2019 by Mina Roth",
            tail="3 comments\n\nharbourfan says:\n\nMay 8, 2019 at 9:14 am\n\nI miss it already!\n\nReply\n\n"
            "Leave a comment\n\nYour email address will not be published. Required fields are marked *\n\n"
            "Powered by WordPress",
        )
    )
    assert article.text == BODY
    assert "I miss it already!" not in article.text


def test_a_cookie_notice_is_removed_with_its_reason():
    notice = "We use cookies to improve your experience. By using this site you accept our privacy policy."
    article = read(page(head=f"{notice}\n\nFerry terminal of Port Ashby to close"))
    assert article.text == BODY
    assert reasons(article)[notice] == "cookie"


def test_a_cookie_wall_is_no_article():
    with pytest.raises(NoArticle):
        read(
            b"We value your privacy\n\nWe and our partners use cookies.\n\nAccept all\n\nManage "
            b"preferences\n\n"
            b"Privacy policy\n\nTerms of use"
        )


def test_a_section_index_is_no_article():
    menu = "\n".join(f"  • {word}" for word in ("Home", "News", "Sport", "Weather", "Travel"))
    teasers = "\n\n".join(
        f"{town} ferry to close\n\n{n} hours ago\n\nLocal news"
        for n, town in enumerate(("Ashby", "Dunmore", "Kelton", "Marl", "Oxley", "Penn", "Quay"), start=2)
    )
    with pytest.raises(NoArticle):
        read(f"{menu}\n\nLatest news\n\n{teasers}\n\nLoad more\n\nContact us\n\n© 2019 Coastal".encode())


@pytest.mark.parametrize("content", [b"", b" \n\xc2\xa0\n", b"Home\n\nNews\n\nSport"])
def test_an_empty_or_furniture_only_page_is_no_article(content):
    with pytest.raises(NoArticle):
        read(content)


def test_more_lines_than_any_page_has_are_no_article():
    with pytest.raises(NoArticle, match="lines"):
        read(b"x\n" * 20_001)


def test_mail_wrapped_at_72_columns_comes_out_as_paragraphs():
    body = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    article = read(page(head="Ferry terminal of Port Ashby to close", body=body))
    assert article.text == BODY


def test_bullets_inside_a_body_stay_in_it():
    bullets = (
        "  • The terminal closes at the end of March this year.\n"
        "  • The clock tower stays as a memorial to its crews."
    )
    body = "\n\n".join((*PARAGRAPHS[:3], bullets, *PARAGRAPHS[3:]))
    article = read(page(head="Ferry terminal of Port Ashby to close", body=body))
    assert "The clock tower stays as a memorial to its crews." in article.text


def test_a_note_on_the_author_gives_the_author_where_no_byline_does():
    note = "Mia Sun Okoro is a reporter covering ports from Harwich. She studied history in Leeds."
    article = read(page(head="Ferry terminal of Port Ashby to close", tail=note))
    assert article.authors.value == ("Mia Sun Okoro",)
    assert article.authors.confidence < 0.95
    assert article.byline.value is None
    assert reasons(article)[note] == "author_bio"


def test_the_first_sentence_never_becomes_a_headline():
    article = read(page(head="Support our newsroom"))
    assert article.headline.value is None
    assert article.text == BODY


def test_a_masthead_names_the_publisher():
    article = read(page(head="The Straits Times\n\nFerry terminal of Port Ashby to close"))
    assert article.publisher.value == "The Straits Times"
    assert article.headline.value == "Ferry terminal of Port Ashby to close"


def test_an_unknown_outlet_stays_unknown():
    article = read(page(head="The Ashby Clarion\n\nFerry terminal of Port Ashby to close"))
    assert article.publisher.value is None
    assert article.publisher.reason


def test_hints_win_over_the_page():
    at = datetime(2019, 5, 9, 6, 0, tzinfo=UTC)
    article = read(
        page(head="Ferry terminal of Port Ashby to close\n\nBy Mina Roth\n\n7 May 2019"),
        headline="Another headline",
        authors=("Someone Else",),
        published_at=at,
        publisher="The Ashby Clarion",
        external_id="a-1",
    )
    assert (article.headline.value, article.headline.origin) == ("Another headline", "caller")
    assert article.authors.value == ("Someone Else",)
    assert article.published.value.at == at
    assert article.publisher.confidence == 1.0
    assert article.external_id == "a-1"


def test_the_domain_of_a_url_names_the_publisher():
    article = read(page(), url="https://www.japantimes.co.jp/news/ferry")
    assert article.publisher.value == "The Japan Times"


def test_the_headline_is_the_line_the_url_repeats():
    article = read(
        page(head="Town hall news and notices of the week\n\nFerry terminal of Port Ashby to close"),
        url="https://clarion.example/2019/ferry-terminal-port-ashby-close",
    )
    assert article.headline.value == "Ferry terminal of Port Ashby to close"


def test_a_body_that_breaks_off_is_marked():
    article = read(page(body=BODY + " The harbour office would not say when the last…"))
    assert "possibly_truncated" in article.warnings


def test_language_is_told_with_confidence():
    article = read(page())
    assert article.language.value == "en"
    assert article.language.confidence > 0.9


def test_raw_spans_point_at_what_was_read():
    content = page(
        head="Ferry terminal of Port Ashby to close\n\nBy  Mina Roth\n\nPublished 7 May 2019 09:25"
    )
    article = read(content)
    raw = content.decode()
    assert article.headline.raw_span.of(raw) == "Ferry terminal of Port Ashby to close"
    assert article.byline.raw_span.of(raw) == "By  Mina Roth"
    assert article.published.raw_span.of(raw) == "7 May 2019 09:25"


def test_two_plain_sentences_are_an_article():
    article = read(b"The old pier was closed on Monday.\n\nIt will open again in May.\n")
    assert article.text == "The old pier was closed on Monday.\n\nIt will open again in May."


@pytest.mark.parametrize(
    "text",
    [
        "Unknown actor Ada Okafor was named as the next face of the longest series on Tarvian television.",
        "Ada Okafor will take the title role in `` Harbour Lights. ''",
        (
            "Dozens of people in the town of Port Amelie who had been giving blood for the passengers of the ferry, "
            "some of them since the early morning, applauded when they heard of the rescue of the"
        ),
    ],
)
def test_a_single_sentence_with_no_page_around_it_is_an_article(text):
    assert extract(RawDocument(text.encode())).text == text


def test_two_plain_sentences_below_a_menu_are_a_teaser():
    menu = "Front page\n\nHarbour watch\n\nTown hall\n\nLetters\n\nCrosswords\n\nWeather maps"
    with pytest.raises(NoArticle):
        read(f"{menu}\n\nThe old pier was closed.\n\nCouncil split on ferry\n\nRain until Friday\n".encode())


def test_a_prompt_to_subscribe_between_paragraphs_is_cut_out():
    prompt = "Sign up for our newsletter and get the harbour news in your inbox every morning"
    article = read(page(body="\n\n".join((*PARAGRAPHS[:2], prompt, *PARAGRAPHS[2:]))))
    assert article.text == BODY
    assert reasons(article)[prompt] == "newsletter"


def test_a_lone_sentence_below_other_stories_is_left_out():
    teasers = "\n\n".join(f"Harbour Office\n{day} May 2019\nStrike Diary\n2 min" for day in range(1, 9))
    lone = "The winter fair drew a record crowd."
    article = read(page(tail=f"More on this story\n\n{teasers}\n\n{lone}"))
    assert article.text == BODY


def test_a_lead_printed_twice_is_read_once():
    article = read(page(head=f"{PARAGRAPHS[0]}\n\n3 min to read"))
    assert article.text.count(PARAGRAPHS[0]) == 1
    assert article.text.endswith(PARAGRAPHS[-1])


@pytest.mark.parametrize(
    "heading",
    ["34 responses to “Ferry terminal to close”", "One thought on “Ferry terminal”", "Leave a reply"],
)
def test_what_readers_wrote_below_the_article_is_left_out(heading):
    comments = "\n\n".join(COMMENTS)
    article = read(page(head="Ferry terminal of Port Ashby to close", tail=f"{heading}\n\n{comments}"))
    assert article.text == BODY


def test_an_article_may_speak_of_responses_to_something():
    heading = "Responses to the plan"
    article = read(page(body="\n\n".join((*PARAGRAPHS[:4], heading, PARAGRAPHS[4]))))
    assert article.text.endswith(PARAGRAPHS[-1])

"""A part of a page answers alone, writes the address, and shows no traceback."""

from pages.shared.texts import strings


def test_what_nobody_expected_in_a_part_is_one_sentence_and_the_page_lives_on(open_page, language, monkeypatch):
    def fail(*arguments):
        raise ValueError("nobody expected this")

    app = open_page("spatial")
    monkeypatch.setattr("pages.pictures.spatial_view.open_pixel", fail)
    app.run()
    assert [error.value for error in app.error] == [strings(language)["app.unexpected"]]
    assert not app.exception
    assert strings(language)["spatial.why"] in [expander.label for expander in app.expander]


def test_what_is_chosen_in_a_part_stands_in_the_address_at_once(open_page):
    app = open_page("spatial")
    assert "place" not in app.query_params
    app.segmented_control(key="place").set_value("simam").run()
    assert app.query_params["place"] in ("simam", ["simam"])


def test_what_an_interrupted_run_could_not_write_is_not_written_once_the_reader_has_taken_it_back(open_page):
    app = open_page("spatial")
    app.session_state["departing"] = {"place": "simam"}  # chosen, and undone before that run came to its end
    app.run()
    assert "place" not in app.query_params

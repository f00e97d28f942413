import pytest

from portavoce.output.report.course import MOST, course_of


def bars(course):
    return [(bar.date, bar.count) for bar in course.bars]


def test_days_stand_in_a_row_with_those_between():
    course = course_of(["2024-02-28", "2024-03-01T10:00:00", "2024-02-28", None])
    assert (course.unit, course.undated, course.left_out) == ("day", 1, 0)
    assert bars(course) == [("2024-02-28", 2), ("2024-02-29", 0), ("2024-03-01", 1)]
    assert [bar.percent for bar in course.bars] == [100, 0, 50]


def test_months_and_years_where_days_are_too_many():
    assert bars(course_of(["2023-11-30", "2024-02-28"])) == [
        ("2023-11", 1),
        ("2023-12", 0),
        ("2024-01", 0),
        ("2024-02", 1),
    ]
    assert course_of(["1990-01-01", "2024-02-28"]).unit == "year"
    assert len(course_of(["1990-01-01", "2024-02-28"]).bars) == 35


def test_no_more_bars_than_fit():
    course = course_of([f"{year}-01-01" for year in range(1000, 1200)])
    assert (len(course.bars), course.left_out) == (MOST, 200 - MOST)


@pytest.mark.parametrize("day", ["", "ieri", "<script>", "24-01-01"])
def test_what_is_no_day_is_counted_as_undated(day):
    assert (course_of([day]).undated, course_of([day]).bars) == (1, ())


def test_days_that_no_calendar_has_are_shown_as_they_are():
    assert bars(course_of(["2024-02-31", "2024-02-01"])) == [("2024-02-01", 1), ("2024-02-31", 1)]
    assert bars(course_of(["2024", "2024-02-01"])) == [("2024", 1), ("2024-02-01", 1)]


def test_nothing_is_no_course():
    assert course_of([]).bars == ()

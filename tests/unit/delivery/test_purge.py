"""Purge lists in the sizes and forms that the networks take."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.delivery.incidents.purge import (
    CLOUDFLARE_FILES,
    CLOUDFRONT_PATHS,
    FASTLY_KEYS,
    purge_requests,
)

A, B = "https://cdn.example.com/a%20b.jpg", "https://cdn.example.com/B.jpg?v=1"


@given(st.lists(st.integers(0, 9999), max_size=3100))
def test_every_file_is_named_once_in_pieces_that_are_small_enough(numbers: list[int]) -> None:
    urls = [f"https://cdn.example.com/{number}.jpg" for number in numbers]
    wanted = list(dict.fromkeys(urls))
    fastly = purge_requests("fastly", urls, keys=urls)
    assert [key for request in fastly for key in request["surrogate_keys"]] == wanted
    assert all(1 <= len(request["surrogate_keys"]) <= FASTLY_KEYS for request in fastly)
    cloudflare = purge_requests("cloudflare", urls)
    assert [url for request in cloudflare for url in request["files"]] == wanted
    assert all(1 <= len(request["files"]) <= CLOUDFLARE_FILES for request in cloudflare)
    cloudfront = purge_requests("cloudfront", urls, reference="r")
    paths = [path for request in cloudfront for path in request["Paths"]["Items"]]
    assert paths == [url.removeprefix("https://cdn.example.com") for url in wanted]
    for request in cloudfront:
        assert request["Paths"]["Quantity"] == len(request["Paths"]["Items"]) <= CLOUDFRONT_PATHS
    references = [request["CallerReference"] for request in cloudfront]
    assert len(set(references)) == len(references)


def test_each_network_gets_its_own_form() -> None:
    assert purge_requests("fastly", [A, B]) == [{"method": "PURGE", "urls": [A, B]}]
    assert purge_requests("fastly", [A], keys=["SKU1", "SKU1"]) == [{"surrogate_keys": ["SKU1"]}]
    assert purge_requests("cloudflare", [A, B, A]) == [{"files": [A, B]}]
    assert purge_requests("cloudfront", [A, B], reference="packshot-1") == [
        {
            "Paths": {"Quantity": 2, "Items": ["/a%20b.jpg", "/B.jpg?v=1"]},
            "CallerReference": "packshot-1",
        }
    ]
    (request,) = purge_requests("cloudfront", [A], reference="r", variants=True)
    assert request["Paths"]["Items"] == ["/a%20b.jpg*"]
    for cdn in ("fastly", "cloudflare", "cloudfront"):
        assert purge_requests(cdn, []) == []

"""Manifests: the one we ship, and those of others, wrong ones named by field."""

import pytest

from corpus.errors import PullError
from corpus.sources import find_source, load_sources


def test_the_shipped_manifest_names_the_public_collection():
    manifest = load_sources()
    assert find_source() == find_source("lawrefbook") == manifest.sources[0]
    assert find_source().url.startswith("https://")
    assert find_source().sha256 is None
    assert find_source().licence
    assert {guide.name for guide in manifest.guides} >= {"flk"}
    assert any("advisor corpus add" in step for step in manifest.guides[0].steps)


def test_a_source_is_found_by_url_and_by_manifest(tmp_path):
    assert find_source("https://example.org/x/laws-2025.tar.gz").format == "tar.gz"
    assert find_source("https://example.org/法规.zip").name == "download"
    manifest = tmp_path / "m.json"
    manifest.write_text(
        '{"sources": [{"name": "a", "url": "http://x/a.zip"}, {"name": "b", "url": "http://x/b.zip"}]}'
    )
    assert find_source(f"{manifest}#b").name == "b"
    with pytest.raises(PullError, match="a、b"):
        find_source(str(manifest))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sources: [{name: a, url: 'ftp://x/a.zip'}]", "url"),
        ("sources: [{name: a, url: 'http://x/a', sha256: abc}]", "sha256"),
        ("sources: [{name: ../a, url: 'http://x/a'}]", "name"),
        ("- just a list", "整体结构"),
        ("a: [", "YAML"),
    ],
)
def test_a_wrong_manifest_names_its_field(tmp_path, text, told):
    path = tmp_path / "m.yaml"
    path.write_text(text)
    with pytest.raises(PullError, match=told):
        load_sources(path)


@pytest.mark.parametrize("wanted", ["unknown", "missing.yaml"])
def test_an_unknown_source_is_said(wanted):
    with pytest.raises(PullError):
        find_source(wanted)

"""What deploy/ says holds: names, ports, sizes and options are those of the app; nginx takes its files, where it is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gateviz.app.components.controls import UPLOAD_MEGABYTES
from gateviz.app.server.headers import COOKIE
from gateviz.app.server.options import LIMIT
from gateviz.cli import _parser

DEPLOY = Path(__file__).parents[2] / "deploy"
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file()}
REPLICAS = ("replicas.compose.conf", "replicas.local.conf")
OURS = ("Dockerfile", "compose.yaml", "gateviz@.service", "README.md")


def test_nginx_finds_the_replica_by_the_apps_cookie() -> None:
    conf = TEXTS["gateviz.conf"]
    assert f"map $cookie_{COOKIE} " in conf
    numbers = re.findall(r"~\^(\d)\\\.\s+gateviz_\1;", conf)
    assert numbers == ["1", "2", "3"]
    for name in REPLICAS:
        assert re.findall(r"upstream (\w+)", TEXTS[name]) == [
            *(f"gateviz_{number}" for number in numbers), "gateviz_new", "gateviz_others",
        ]  # fmt: skip
        single = re.findall(r"upstream gateviz_\d \{ server (\S+); \}", TEXTS[name])
        for group in ("gateviz_new", "gateviz_others"):
            block = TEXTS[name].split(f"upstream {group} ")[1].split("}")[0]
            assert re.findall(r"server (\S+) ", block) == single
        assert f"hash $cookie_{COOKIE} consistent" in TEXTS[name]


def test_the_addresses_of_the_containers_are_those_that_nginx_knows() -> None:
    given = re.findall(r"ipv4_address: ([\d.]+)", TEXTS["compose.yaml"])
    assert [f"{address}:8501" for address in given] == re.findall(
        r"upstream gateviz_\d \{ server (\S+); \}", TEXTS["replicas.compose.conf"]
    )
    assert re.findall(r'command: \["--replica", "(\d)"\]', TEXTS["compose.yaml"]) == ["1", "2", "3"]
    for mounted in re.findall(r"- \./(\S+?):", TEXTS["compose.yaml"]):
        assert (DEPLOY / mounted).is_file()


def test_the_unit_listens_where_nginx_looks() -> None:
    local = re.findall(r"upstream gateviz_(\d) \{ server (\S+); \}", TEXTS["replicas.local.conf"])
    command = re.search(r"--host (\S+) --port (\S+) --replica (\S+)", TEXTS["gateviz@.service"])
    assert command
    for number, address in local:
        assert f"{command[1]}:{command[2].replace('%i', number)}" == address
    assert command[3] == "%i"


@pytest.mark.parametrize("name", OURS)
def test_every_option_is_one_of_the_command_line(name: str) -> None:
    app = _parser()._subparsers._group_actions[0].choices["app"]  # type: ignore[union-attr, index]
    known = set(app._option_string_actions)
    for line in re.findall(r"gateviz[\"', ]+app\b[^\n`;]*", TEXTS[name]):
        assert set(re.findall(r"--[a-z-]+", line)) <= known


def test_a_container_has_room_for_the_memory_and_a_proxy_for_a_file() -> None:
    limits = [
        *re.findall(r"mem_limit: (\d+)m", TEXTS["compose.yaml"]),
        *re.findall(r"MemoryMax=(\d+)M", TEXTS["gateviz@.service"]),
    ]
    assert limits
    assert all(int(limit) >= LIMIT + 256 for limit in limits)
    size = re.search(r"client_max_body_size (\d+)m", TEXTS["gateviz.conf"])
    assert size
    assert int(size[1]) > UPLOAD_MEGABYTES


def test_the_image_gets_what_the_package_is_built_from() -> None:
    root = DEPLOY.parent
    for line in TEXTS["Dockerfile.dockerignore"].splitlines():
        if line.startswith("!"):
            assert (root / line[1:]).exists(), line


def test_metrics_are_closed() -> None:
    assert re.search(r"location ~ /_stcore/metrics \{\s*return 404;", TEXTS["gateviz.conf"])


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
@pytest.mark.parametrize("replicas", REPLICAS)
def test_nginx_takes_the_files(replicas: str, tmp_path: Path) -> None:
    includes = "".join(f"include {DEPLOY}/nginx/{name};" for name in ("gateviz.conf", replicas))
    places = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = tmp_path / "nginx.conf"
    main.write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {places} {includes} }}")
    answer = subprocess.run(
        ["nginx", "-t", "-c", str(main), "-e", str(tmp_path / "log")], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr

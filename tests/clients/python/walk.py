"""Esri's Python package `arcgis`, as PyPI has it, against the practice portal: sign-ins, and its key manager from the
first call to the last.

AKW_PORTAL is the portal's address, AKW_CERTIFICATE the file of its certificate, AKW_SCRIPTS a folder with two scripts as the
Summary writes them: with and without a sign-in.
"""

import datetime
import html
import json
import os
import re
import ssl
import subprocess
import sys
import traceback
import urllib.parse
import urllib.request
import warnings

warnings.simplefilter("ignore")

from arcgis.auth._auth import _oauth
from arcgis.gis import GIS
from arcgis.gis.admin import TokenPrivilege
from arcgis.gis.admin._stokenmgr import DeveloperCredentialManager

PORTAL = os.environ["AKW_PORTAL"]
CERTIFICATE = os.environ["AKW_CERTIFICATE"]
REST = f"{PORTAL}/sharing/rest"
TRUSTED = ssl.create_default_context(cafile=CERTIFICATE)
BASEMAPS = "premium:user:basemaps"

passed, failed = 0, []


def step(name):
    """Runs a function as a step; its name says what is true when it passes."""

    def run(function):
        global passed
        try:
            function()
        except Exception:
            failed.append(name)
            print(f"test {name} ... FAILED\n{traceback.format_exc()}")
        else:
            passed += 1
            print(f"test {name} ... ok")

    return run


def refused(action, *words):
    """What an action is refused with, which must hold these words."""
    try:
        done = action()
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
        assert all(word in text for word in words), text
        return text
    raise AssertionError(f"it was taken: {done}")


def ask(path, **fields):
    """Asks the portal without the client; `referer` is a header."""
    headers = {"Referer": fields.pop("referer")} if "referer" in fields else {}
    body = urllib.parse.urlencode({"f": "json", **fields}).encode()
    request = urllib.request.Request(f"{REST}{path}", data=body, headers=headers)
    with urllib.request.urlopen(request, context=TRUSTED) as answer:
        return json.load(answer)


def gis(*who, **more):
    return GIS(PORTAL, *who, ca_bundles=CERTIFICATE, **more)


def in_weeks(weeks):
    return datetime.datetime.now() + datetime.timedelta(weeks=weeks)


def works(key, **more):
    return "error" not in ask("/portals/self", token=key, **more)


made = {}
jane = gis("jane", "any", use_gen_token=True)
manager = DeveloperCredentialManager(jane)


@step("a name and a password give a session")
def _():
    assert jane.users.me.username == "jane"
    assert refused(lambda: gis("nobody", "any", use_gen_token=True))


@step("a token gives a session")
def _():
    token = ask("/generateToken", username="jane", password="any", client="referer", referer="")["token"]
    assert gis(token=token).properties["user"]["username"] == "jane"


@step("the portal is Online, and of a version that has credentials")
def _():
    assert list(jane.version) >= [2025, 1], jane.version
    assert jane._is_arcgisonline


@step("a person signs in and copies the code from the page")
def _():
    shown = {}

    class Browser:
        """A person at the sign-in page, who presses Allow."""

        @staticmethod
        def open_new(url):
            body = urllib.parse.urlencode({"username": "nora", "decision": "allow"}).encode()
            with urllib.request.urlopen(urllib.request.Request(url, data=body), context=TRUSTED) as page:
                shown["page"] = html.unescape(page.read().decode())

    class Prompt:
        @staticmethod
        def getpass(*_words):
            code = re.search(r"<title>SUCCESS code=(.*?)</title>", shown["page"]).group(1)
            assert f"<code>{code}</code>" in shown["page"]
            return code

    kept = _oauth.webbrowser, _oauth.getpass
    _oauth.webbrowser, _oauth.getpass = Browser, Prompt
    try:
        assert gis(client_id="python").users.me.username == "nora"
    finally:
        _oauth.webbrowser, _oauth.getpass = kept


@step("a credential is created")
def _():
    folder = jane.content.folders.create("Keys of Python")
    made["key"] = manager.create(
        title="Key of Python",
        privileges=[TokenPrivilege.PREMIUM_USER_GEOCODE, BASEMAPS],
        referers=[],
        expiration=in_weeks(8),
        tags=["python", "key"],
        snippet="One line",
        folder=folder,
    )
    info = made["key"]._item.app_info
    assert info["privileges"] == ["premium:user:geocode", BASEMAPS], info
    assert info["isPersonalAPIToken"] is False
    assert made["key"]._item.ownerFolder == folder.properties["id"]


@step("credentials are listed, and one is read")
def _():
    made["key"].generate_token(2, in_weeks(4))
    ids = [it._item.id for it in manager.list()]
    assert ids == [made["key"]._item.id], ids
    assert manager.get(ids[0])._item.title == "Key of Python"


@step("a key is generated in an empty slot only")
def _():
    made["token"] = made["key"].generate_token(1, in_weeks(8))["access_token"]
    assert works(made["token"])
    refused(lambda: made["key"].generate_token(1), "has been created", "regenerate_token")


@step("a key is regenerated with another date, and the one before it is dead")
def _():
    again = made["key"].regenerate_token(1, in_weeks(12))["access_token"]
    assert works(again) and not works(made["token"])
    app = ask("/community/self", token=again)["appInfo"]
    assert app["expirationDate"] > in_weeks(11).timestamp() * 1000
    made["token"] = again


@step("a key opens a session of the client")
def _():
    by_key = gis(api_key=made["token"])
    assert by_key.properties["appInfo"]["itemId"] == made["key"]._item.id


@step("an app opens a session of its own")
def _():
    info = made["key"]._item.app_info
    by_app = gis(client_id=info["client_id"], client_secret=info["client_secret"])
    assert by_app.properties["appInfo"]["appId"] == info["client_id"]


@step("a key is revoked, and the one in the other slot lives on")
def _():
    other = made["key"].regenerate_token(2, in_weeks(8))["access_token"]
    assert made["key"].revoke(1)
    assert not works(made["token"]) and works(other)
    refused(lambda: made["key"].revoke(1), "has not been created")


@step("an update of the privileges ends both keys")
def _():
    key = made["key"].generate_token(1, in_weeks(8))["access_token"]
    assert made["key"].update(privileges=[BASEMAPS])
    assert not works(key)
    assert made["key"]._item.app_info["privileges"] == [BASEMAPS]


@step("a key for the referrer http works with the header that this client sends")
def _():
    key = manager.create(title="For http", privileges=[BASEMAPS], referers=["http"], expiration=in_weeks(8))
    token = key.generate_token(1, in_weeks(8))["access_token"]
    assert works(token, referer="http") and not works(token, referer="https://other.example/")
    assert gis(api_key=token).properties["appInfo"]["itemId"] == key._item.id
    assert key.delete()


@step("a personal key reads its owner")
def _():
    key = manager.create(
        title="Personal", privileges=[TokenPrivilege.FEATURES_USER_EDIT], referers=[], expiration=in_weeks(8)
    )
    assert key._item.app_info["isPersonalAPIToken"] is True
    token = key.generate_token(1, in_weeks(8))["access_token"]
    assert gis(api_key=token).users.me.username == "jane"
    assert key.delete()


@step("unknown privileges are refused")
def _():
    create = lambda: manager.create(
        title="No such", privileges=["portal:admin:noSuch"], referers=[], expiration=in_weeks(8)
    )
    refused(create)
    for item in jane.content.search('title:"No such"'):
        item.delete(permanent=True)


@step("items are found, counted by their account")
def _():
    assert len(jane.content.search("type:Application", max_items=5)) > 0
    assert len(jane.content.search("Bike", max_items=5)) > 0
    assert jane.content.advanced_search("owner:jane", max_items=5)["total"] > 5


@step("an item is changed, protected and deleted")
def _():
    item = made["key"]._item
    assert item.update(item_properties={"title": "Renamed", "tags": ["one"]})
    assert item.protect()["success"] and not item.can_delete
    assert item.protect(enable=False)["success"]
    assert made["key"].delete()
    assert jane.content.get(item.id) is None


@step("an administrator has the manager")
def _():
    ada = gis("ada", "any", use_gen_token=True)
    credentials = ada.admin.developer_credentials
    key = credentials.create(title="Of ada", privileges=[BASEMAPS], referers=[], expiration=in_weeks(8))
    key.generate_token(1, in_weeks(8))
    assert [it._item.title for it in credentials.list()] == ["Of ada"]
    assert key.delete()


@step("a bug of the client: an update of referrers sends no JSON, and is refused")
def _():
    key = manager.create(title="Bug", privileges=[BASEMAPS], referers=[], expiration=in_weeks(8))
    refused(lambda: key.update(referers=["https://one.example"]), "JSON array")
    assert key.delete()


def run_script(name):
    """Runs a script of the Summary as jane, and takes back what it made."""
    token = ask("/generateToken", username="jane", password="any", client="referer", referer="")["token"]
    script = os.path.join(os.environ["AKW_SCRIPTS"], name)
    trusted = {"REQUESTS_CA_BUNDLE": CERTIFICATE, "SSL_CERT_FILE": CERTIFICATE}
    env = {**os.environ, **trusted, "ARCGIS_TOKEN": token}
    done = subprocess.run([sys.executable, "-W", "ignore", script], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    app = ask("/portals/self", token=done.stdout.strip(), referer="https://app.example.com/")["appInfo"]
    assert app["privileges"] == [BASEMAPS], app
    item = jane.content.get(app["itemId"])
    assert item.owner == "jane" and item.title == "'\"; `${process.exit(1)}` \\ + folder +", item
    folder = item.ownerFolder
    assert item.delete(permanent=True)
    assert ask(f"/content/users/jane/{folder}/delete", token=token)["success"]


@step("the script of the Summary makes the credential, whatever its title is")
def _():
    run_script("signed-in-create_api_key.py")


@step("the same without a sign-in asks whose token it has")
def _():
    run_script("by-hand-create_api_key.py")


def main():
    word = "ok" if passed and not failed else "FAILED"
    print(f"\ntest result: {word}. {passed} passed; {len(failed)} failed; 0 ignored; 0 measured; 0 filtered out")
    sys.exit(word != "ok")


main()

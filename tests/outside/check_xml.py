#!/usr/bin/env python3
"""Files of duiqi seen by tools of others, as far as they are installed.

    check_xml.py check FILE...   is each file valid by the published DTD (TMX) or schema (XLIFF)?
    check_xml.py read FILE       the pairs that translate-toolkit finds in it, one JSON list [source, target] a line
    check_xml.py write FILE      a TMX file written by translate-toolkit, with the pairs from standard input in the same form

What is absent is said in a line that begins with "skipped: "; what is wrong in one that begins with "FAILED: ", and by status 1.

Packages of Debian have all of it: python3-lxml; translate-toolkit (the package of PyPI is newer and reads XLIFF 2); omegat, for
the DTD of TMX 1.4 in OmegaT.jar; php-symfony-translation, for the schema of XLIFF 2.0, which holds for 2.1. DUIQI_TMX_DTD and
DUIQI_XLIFF_XSD name other copies; DUIQI_XLIFF_METADATA_XSD names the schema of the metadata module, which no package has.
"""
import io
import json
import os
import sys
import zipfile

OMEGAT = "/usr/share/omegat/OmegaT.jar"
XLIFF_XSD = "/usr/share/php/Symfony/Component/Translation/Resources/schemas/xliff-core-2.0.xsd"
METADATA = "{urn:oasis:names:tc:xliff:metadata:2.0}metadata"


def skip(what):
    print(f"skipped: {what}")


def tmx_dtd(etree):
    path = os.environ.get("DUIQI_TMX_DTD")
    if path:
        return etree.DTD(path)
    if os.path.exists(OMEGAT):
        with zipfile.ZipFile(OMEGAT) as jar:
            return etree.DTD(io.BytesIO(jar.read("schemas/tmx14.dtd")))
    return None


def xliff_schema(etree):
    path = os.environ.get("DUIQI_XLIFF_XSD", XLIFF_XSD)
    if not os.path.exists(path):
        return None

    class Beside(etree.Resolver):
        """The schema of xml:space and its like lies beside, wherever it is said to be."""

        def resolve(self, url, public, context):
            if url.endswith("/xml.xsd"):
                return self.resolve_filename(os.path.join(os.path.dirname(path), "xml.xsd"), context)

    parser = etree.XMLParser()
    parser.resolvers.add(Beside())
    return etree.XMLSchema(etree.parse(path, parser))


def check(paths):
    try:
        from lxml import etree
    except ImportError:
        return skip("lxml is not installed")
    for path in paths:
        tree = etree.parse(path)
        tmx = tree.getroot().tag == "tmx"
        rules = tmx_dtd(etree) if tmx else xliff_schema(etree)
        if rules is None:
            skip("no DTD of TMX" if tmx else "no schema of XLIFF")
            continue
        report(path, rules.validate(tree), rules.error_log)
        module = os.environ.get("DUIQI_XLIFF_METADATA_XSD")
        if not tmx and module:
            schema = etree.XMLSchema(etree.parse(module))
            for element in tree.iter(METADATA):
                report(path, schema.validate(etree.ElementTree(element)), schema.error_log)


def report(path, valid, log):
    name = os.path.basename(path)
    if valid:
        print(f"valid: {name}")
    else:
        print(f"FAILED: {name}: {log}")
        sys.exit(1)


def read(path):
    try:
        if path.endswith(".tmx"):
            from translate.storage.tmx import tmxfile as reader
        else:
            from translate.storage.xliff2 import Xliff2File as reader
    except ImportError:
        return skip("no translate-toolkit that reads this")
    with open(path, "rb") as file:
        store = reader.parsefile(file)
    for unit in store.units:
        print(json.dumps([str(unit.source), str(unit.target)], ensure_ascii=False))


def write(path):
    try:
        from translate.storage import tmx
    except ImportError:
        return skip("translate-toolkit is not installed")
    store = tmx.tmxfile()
    for line in sys.stdin:
        source, target = json.loads(line)
        store.addtranslation(source, "en", target, "zh-CN", "a note")
    with open(path, "wb") as file:
        store.serialize(file)
    print("written")


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    command, arguments = sys.argv[1], sys.argv[2:]
    {"check": check, "read": lambda a: read(a[0]), "write": lambda a: write(a[0])}[command](arguments)

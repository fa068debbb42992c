"""Write a software bill of materials in CycloneDX's format: the pinned packages and the weights, with their digests.

`python -m tools.sbom [FILE]` writes answer-aloud.cdx.json in the current folder by default. It is made from the
requirements file alone: apart from its date it is the same on every machine, and for all systems and Pythons at once.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.contrib.this.builders import this_component
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from pip_requirements_parser import InstallRequirement, RequirementsFile

from speech.weights import PUBLISHED_MODELS, PublishedModel

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
DEFAULT_FILE = "answer-aloud.cdx.json"
MARKER_PROPERTY = "answer-aloud:marker"  # where a package is needed only on some systems: its environment marker
HUB = "https://huggingface.co"


def make_sbom(requirements: Path = REQUIREMENTS) -> str:
    """Return the bill of materials as JSON.

    Args:
        requirements: A requirements file in which every package is pinned, with hashes.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    licenses = LicenseFactory()
    app = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        bom_ref=project["name"],
        licenses=[licenses.make_from_string(project["license"])],
    )
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, requirements.read_text(encoding="utf-8")))
    bom.metadata.component = app
    bom.metadata.tools.components.add(this_component())
    parts = [*_list_packages(requirements), *(_describe_weights(each, licenses) for each in PUBLISHED_MODELS.values())]
    for part in parts:
        bom.components.add(part)
    bom.register_dependency(app, parts)
    return str(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1))


def _list_packages(requirements: Path) -> Iterator[Component]:
    for each in RequirementsFile.from_file(str(requirements)).requirements:
        if each.name is None or each.get_pinned_version is None:
            raise SystemExit(f"{requirements.name} holds something that isn't pinned: {each.line}")
        yield _describe_package(each, each.name, each.get_pinned_version)


def _describe_package(each: InstallRequirement, name: str, version: str) -> Component:
    files = [
        ExternalReference(
            type=ExternalReferenceType.DISTRIBUTION,
            url=XsUri(f"https://pypi.org/project/{name}/{version}/#files"),
            comment="one of the files that may be installed",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest.removeprefix("sha256:"))],
        )
        for digest in each.hash_options
    ]
    address = PackageURL("pypi", None, name, version)
    return Component(
        type=ComponentType.LIBRARY,
        name=name,
        version=version,
        purl=address,
        bom_ref=str(address),
        external_references=files,
        properties=[Property(name=MARKER_PROPERTY, value=str(each.marker))] if each.marker else [],
    )


def _describe_weights(model: PublishedModel, licenses: LicenseFactory) -> Component:
    owner, name = model.repository.split("/")
    address = PackageURL("huggingface", owner, name, model.revision)
    files = [
        Component(
            type=ComponentType.FILE,
            name=file,
            bom_ref=f"{address}#{file}",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
        )
        for file, digest in model.digests.items()
    ]
    return Component(
        type=ComponentType.MACHINE_LEARNING_MODEL,
        name=model.repository,
        version=model.revision,
        purl=address,
        bom_ref=str(address),
        licenses=[licenses.make_from_string(model.license)],
        components=files,
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION, url=XsUri(f"{HUB}/{model.repository}/tree/{model.revision}")
            )
        ],
    )


def main(arguments: Sequence[str]) -> int:
    """Write the bill of materials; return the exit code."""
    path = Path(arguments[0] if arguments else DEFAULT_FILE)
    path.write_text(make_sbom(), encoding="utf-8")
    print(f"The packages and weights are listed in {path}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

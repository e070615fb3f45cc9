"""Makes the reference that Stepwell's template interpreter is held against, with Jinja2 and transformers.

    python3.11 -m venv venv && venv/bin/pip install jinja2==3.1.6 transformers
    venv/bin/python tools/golden/templates.py data/src/test/resources/golden/jinja

Reads template_cases.py beside this file, and templates/*.jinja and conversations.json in the folder. Writes there:

- variables.json: what every case may read
- cases-*.jsonl: small templates with what they write, or the kind of the error that they raise
- templates.jsonl: whole templates over whole conversations, with what they write and what of it was generated

Everything is compiled by `_compile_jinja_template` of transformers itself; only its clock is stopped.
"""

import datetime
import json
import sys
from pathlib import Path

import jinja2
import transformers.utils.chat_template_utils as reference
from template_cases import CASES, VARIABLES

NOW = datetime.datetime(2025, 7, 8, 9, 10, 11, 123456)


class StoppedClock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


reference.datetime = StoppedClock


def kind(error: Exception) -> str:
    """The name under which the interpreter knows this error."""
    names = {
        jinja2.exceptions.TemplateSyntaxError: "SYNTAX",
        SyntaxError: "SYNTAX",
        jinja2.exceptions.UndefinedError: "UNDEFINED",
        jinja2.exceptions.SecurityError: "SECURITY",
        jinja2.exceptions.TemplateRuntimeError: "RUNTIME",
        jinja2.exceptions.TemplateError: "RAISED",
        TypeError: "TYPE",
        UnicodeError: "VALUE",
        ValueError: "VALUE",
        IndexError: "INDEX",
        KeyError: "KEY",
        AttributeError: "ATTRIBUTE",
        ZeroDivisionError: "DIVISION",
        OverflowError: "OVERFLOW",
        AssertionError: "ASSERTION",
        RuntimeError: "RUNTIME",
    }
    for base, name in names.items():
        if isinstance(error, base):
            return name
    raise error


def render(source: str, variables: dict) -> dict:
    blocks, spans = [], []
    try:
        template = reference._compile_jinja_template(source)
        with template.environment.activate_tracker(blocks, spans):
            for block in template.generate(**variables):
                blocks.append(block)
        text = "".join(blocks)
    except Exception as error:
        name = kind(error)
        message = str(error) if name in ("RAISED", "UNDEFINED", "SECURITY") else ""
        return {"error": name, **({"message": message} if message else {})}
    if "object at 0x" in text:
        raise ValueError(f"not the same twice: {source!r} writes {text!r}")
    return {"text": text, **({"generated": spans} if spans else {})}


def write(path: Path, rows: list) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{path.name}: {len(rows)} rows, {path.stat().st_size} bytes")


def whole_templates(folder: Path, source_folder: Path) -> list:
    conversations = json.loads((folder / "conversations.json").read_text(encoding="utf-8"))
    rows = []
    for file in sorted(source_folder.glob("*.jinja")):
        with file.open(encoding="utf-8", newline="") as opened:
            source = opened.read()
        for name, variables in conversations.items():
            for prompt in (False, True):
                given = {"bos_token": "<s>", "eos_token": "</s>", "tools": None, **variables}
                given["add_generation_prompt"] = prompt
                row = {"template": file.name, "conversation": name, "add_generation_prompt": prompt}
                rows.append({**row, **render(source, given)})
    return rows


def main() -> None:
    folder = Path(sys.argv[1])
    (folder / "variables.json").write_text(
        json.dumps(VARIABLES, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    for group, sources in CASES.items():
        rows = [{"template": source, **render(source, dict(VARIABLES))} for source in sources]
        write(folder / f"cases-{group}.jsonl", rows)
    write(folder / "templates.jsonl", whole_templates(folder, folder / "templates"))
    for other in sys.argv[2:]:
        # Templates that may be tried but not be kept: `templates.py FOLDER OTHER…` writes their reference beside them.
        write(Path(other) / "templates.jsonl", whole_templates(folder, Path(other)))


if __name__ == "__main__":
    main()

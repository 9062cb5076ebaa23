"""Reads a request by AWS's own service model, as the service would, and says what is wrong with it.

The opposite way to the one on which the golden requests were made: botocore writes requests and checks little of what it
writes; here bytes become members again, and each is held against its shape: whether it is known and required, its type,
its range, its pattern and the values it may have.
"""

import base64
import binascii
import functools
import json
import re
import urllib.parse
import xml.etree.ElementTree

import botocore.session

# Of HTTP, of the signature and of the protocols; no model has members for them.
NOT_MEMBERS = {
    "accept", "content-type", "expect", "host", "authorization", "user-agent", "x-amz-content-sha256", "x-amz-date",
    "x-amz-security-token", "x-amz-target",
}
# What Python's `re` does not know, in its own words.
CLASSES = {r"\p{ASCII}": r"[\x00-\x7f]"}
# Patterns that cannot be read all the same.
UNREADABLE = set()


@functools.cache
def service_model(service):
    return botocore.session.Session().get_service_model(service)


class Request:
    """One request: `headers` by lower-case name, `body` a text or None."""

    def __init__(self, service, method, url, headers=None, body=None):
        self.model = service_model(service)
        self.method = method
        address = urllib.parse.urlsplit(url)
        self.path = address.path
        self.query = urllib.parse.parse_qsl(address.query, keep_blank_values=True)
        self.headers = headers or {}
        self.body = body or ""

    def problems(self):
        """What is wrong, each with the member's place; none of a request that is right."""
        operation, label = self.operation()
        if operation is None:
            return [label]
        problems = []
        values = self.members(operation, problems)
        if operation.input_shape is not None:
            check(operation.input_shape, values, operation.name, problems, by_name=True)
        return problems

    def operation(self):
        """(operation model, its name), or (None, what is wrong)."""
        names = self.model.operation_names
        if target := self.headers.get("x-amz-target"):
            prefix, _, name = target.partition(".")
            if prefix != self.model.metadata["targetPrefix"] or name not in names:
                return None, f"no operation {target}"
            return self.model.operation_model(name), name
        if self.model.metadata["protocol"] == "query":
            form = dict(urllib.parse.parse_qsl(self.body))
            if form.get("Version") != self.model.metadata["apiVersion"] or form.get("Action") not in names:
                return None, f"no operation {form.get('Action')} of version {form.get('Version')}"
            return self.model.operation_model(form["Action"]), form["Action"]
        fits = sorted(
            ((specific, name) for name in names if (specific := self.fit(self.model.operation_model(name))) is not None),
            reverse=True)
        if not fits or len(fits) > 1 and fits[0][0] == fits[1][0]:
            return None, f"{len(fits)} operations for {self.method} {self.path}: {fits[:3]}"
        return self.model.operation_model(fits[0][1]), fits[0][1]

    def fit(self, operation):
        """How much of the request tells of this operation; None when it cannot be it."""
        template, _, literal = operation.http["requestUri"].partition("?")
        if operation.http["method"] != self.method or self.path_match(template) is None:
            return None
        specific = 10 * sum("{" not in part for part in template.split("/"))
        query = dict(self.query)
        for name, value in urllib.parse.parse_qsl(literal, keep_blank_values=True):
            if query.get(name) != value:
                return None
            specific += 1
        shape = operation.input_shape
        for name in shape.required_members if shape is not None else ():
            place = shape.members[name].serialization
            if place.get("location") == "querystring" and place["name"] not in query:
                return None
            if place.get("location") == "header" and place["name"].lower() not in self.headers:
                return None
            specific += place.get("location") in ("querystring", "header")
        return specific

    def path_match(self, template):
        parts = re.split(r"(\{[^}]+\})", template)
        pattern = "".join(
            re.escape(part) if not part.startswith("{") else
            f"(?P<{part[1:].rstrip('}+')}>{'.+' if part.endswith('+}') else '[^/]+'})" for part in parts)
        # Behind a stage or another path of an address, such as that of a WebSocket API.
        return re.search(f"{'^' if 's3' == self.model.service_name else ''}{pattern}$", self.path)

    def members(self, operation, problems):
        """The values by member name, as the wire has them."""
        if self.model.metadata["protocol"] == "query":
            form = dict(urllib.parse.parse_qsl(self.body))
            known = operation.input_shape.members if operation.input_shape else {}
            return {
                name: read_text(known[name], value) if name in known else value
                for name, value in form.items() if name not in ("Action", "Version")}
        if "x-amz-target" in self.headers:
            return by_member(operation.input_shape, self.json(problems), problems, operation.name)
        return self.rest_members(operation, problems)

    def rest_members(self, operation, problems):
        shape, values = operation.input_shape, {}
        if shape is None:
            return values
        template, _, literal = operation.http["requestUri"].partition("?")
        path = self.path_match(template)
        known_query = {name for name, _ in urllib.parse.parse_qsl(literal, keep_blank_values=True)}
        known_headers, prefixes, inside = set(NOT_MEMBERS), [], {}
        for name, member in shape.members.items():
            place = member.serialization
            wire = place.get("name", name)
            match place.get("location"):
                case "uri":
                    values[name] = urllib.parse.unquote(path.group(wire))
                case "querystring":
                    known_query.add(wire)
                    found = [value for key, value in self.query if key == wire]
                    if found:
                        values[name] = found if member.type_name == "list" else read_text(member, found[0])
                case "header":
                    known_headers.add(wire.lower())
                    if wire.lower() in self.headers:
                        values[name] = read_text(member, self.headers[wire.lower()])
                case "headers":
                    prefixes.append(wire.lower())
                    found = {key: value for key, value in self.headers.items() if key.startswith(wire.lower())}
                    if found:
                        values[name] = found
                case _:
                    inside[name] = member
        problems += [f"{operation.name}: unknown query member {key}" for key, _ in self.query if key not in known_query]
        problems += [
            f"{operation.name}: unknown header {key}" for key in self.headers
            if key not in known_headers and not key.startswith(tuple(prefixes) or "\0")]
        return values | self.payload(shape, inside, problems, operation.name)

    def payload(self, shape, inside, problems, name):
        payload = shape.serialization.get("payload")
        if payload is None:
            if not inside:
                if self.body:
                    problems.append(f"{name}: a body where none belongs")
                return {}
            return by_member(shape, self.json(problems), problems, name, set(inside))
        member = shape.members[payload]
        if not self.body:
            return {}
        if member.type_name in ("blob", "string"):
            return {payload: self.body.encode() if member.type_name == "blob" else self.body}
        if self.model.metadata["protocol"] == "rest-xml":
            root = xml.etree.ElementTree.fromstring(self.body)
            expected = member.serialization.get("name", member.name)
            if local(root) != expected:
                problems.append(f"{name}: the document is {local(root)}, not {expected}")
            return {payload: xml_value(member, root, f"{name}.{payload}", problems)}
        return {payload: self.json(problems)}

    def json(self, problems):
        try:
            return json.loads(self.body or "{}")
        except json.JSONDecodeError as error:
            problems.append(f"the body is no JSON: {error}")
            return {}


def wire_name(name, member):
    return member.serialization.get("name", name)


def by_member(shape, document, problems, place, only=None):
    """The members of a JSON document under the model's names."""
    names = {wire_name(name, member): name for name, member in shape.members.items() if only is None or name in only}
    problems += [f"{place}: unknown member {key}" for key in document if key not in names]
    return {names[key]: value for key, value in document.items() if key in names}


def read_text(member, text):
    """What a text in a query or a header stands for."""
    try:
        match member.type_name:
            case "integer" | "long":
                return int(text)
            case "double" | "float":
                return float(text)
            case "boolean":
                return {"true": True, "false": False}.get(text, text)
            case "blob":
                return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        pass
    return text


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def xml_value(shape, element, place, problems):
    match shape.type_name:
        case "structure":
            values = {}
            names = {wire_name(name, member): name for name, member in shape.members.items()}
            for child in element:
                wire = local(child)
                if wire not in names:
                    problems.append(f"{place}: unknown element {wire}")
                    continue
                member = shape.members[names[wire]]
                if member.type_name == "list" and member.serialization.get("flattened"):
                    item = xml_value(member.member, child, f"{place}.{wire}", problems)
                    values.setdefault(wire, []).append(item)
                else:
                    values[wire] = xml_value(member, child, f"{place}.{wire}", problems)
            return values
        case "list":
            return [xml_value(shape.member, child, place, problems) for child in element]
    return read_text(shape, element.text or "")


def check(shape, value, place, problems, by_name=False):
    """Holds a value against its shape.

    `by_name`: the members of a structure have the model's names; deeper down they have those of the wire.
    """
    if getattr(shape, "is_document_type", False):
        return
    match shape.type_name:
        case "structure":
            check_structure(shape, value, place, problems, by_name)
        case "list":
            if expect(isinstance(value, list), f"{place} is no list", problems):
                check_size(shape, len(value), place, problems)
                for index, element in enumerate(value):
                    check(shape.member, element, f"{place}[{index}]", problems)
        case "map":
            if expect(isinstance(value, dict), f"{place} is no map", problems):
                check_size(shape, len(value), place, problems)
                for key, element in value.items():
                    check(shape.key, key, f"{place} key", problems)
                    check(shape.value, element, f"{place}[{key}]", problems)
        case "string":
            check_string(shape, value, place, problems)
        case "blob":
            check_blob(shape, value, place, problems)
        case "integer" | "long" | "short" | "byte":
            whole = isinstance(value, int) and not isinstance(value, bool)
            if expect(whole, f"{place} is no whole number", problems):
                check_size(shape, value, place, problems)
        case "double" | "float":
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if expect(number, f"{place} is no number", problems):
                check_size(shape, value, place, problems)
        case "boolean":
            expect(isinstance(value, bool), f"{place} is neither true nor false", problems)
        case "timestamp":
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            expect(number or isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT|\w{3}, ", value),
                   f"{place} is no moment", problems)
        case other:
            problems.append(f"{place}: a shape of the unknown type {other}")


def check_structure(shape, value, place, problems, by_name):
    if not expect(isinstance(value, dict), f"{place} is no structure", problems):
        return
    names = {name if by_name else wire_name(name, member): member for name, member in shape.members.items()}
    for name in shape.required_members:
        wire = name if by_name else wire_name(name, shape.members[name])
        expect(wire in value, f"{place} lacks {name}", problems)
    if getattr(shape, "is_tagged_union", False):
        expect(len(value) == 1, f"{place} has {len(value)} members of one", problems)
    for key, element in value.items():
        if expect(key in names, f"{place}: unknown member {key}", problems):
            check(names[key], element, f"{place}.{key}", problems)


def check_string(shape, value, place, problems):
    if not expect(isinstance(value, str), f"{place} is no text", problems):
        return
    check_size(shape, len(value), place, problems)
    if shape.enum:
        expect(value in shape.enum, f"{place}: '{value}' is none of {shape.enum}", problems)
    if pattern := shape.metadata.get("pattern"):
        for name, meaning in CLASSES.items():
            pattern = pattern.replace(name, meaning)
        try:
            expect(re.fullmatch(pattern, value, re.DOTALL), f"{place}: '{value}' does not match {pattern}", problems)
        except re.error:
            UNREADABLE.add(pattern)


def check_blob(shape, value, place, problems):
    if isinstance(value, str):
        try:
            value = base64.b64decode(value, validate=True)
        except binascii.Error:
            problems.append(f"{place} is no Base64")
            return
    if expect(isinstance(value, bytes), f"{place} is no bytes", problems):
        check_size(shape, len(value), place, problems)


def check_size(shape, size, place, problems):
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    expect(least is None or size >= least, f"{place}: {size} is less than {least}", problems)
    expect(most is None or size <= most, f"{place}: {size} is more than {most}", problems)


def expect(condition, problem, problems):
    if not condition:
        problems.append(problem)
    return condition

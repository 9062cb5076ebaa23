/** As much of an OpenAPI 3.1 document as ours uses, and a reading of it for people. */

export interface Schema {
  type?: string | string[];
  format?: string;
  description?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  enum?: string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  $ref?: string;
}

interface Content {
  [type: string]: { schema?: Schema };
}

interface Parameter {
  name: string;
  in: "path" | "query";
  required?: boolean;
  description?: string;
  schema: Schema;
}

interface RawOperation {
  summary: string;
  description?: string;
  operationId: string;
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
  security?: unknown[];
}

export interface OpenAPI {
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, RawOperation>>;
}

/** A row of a table of parameters or members. */
export interface FieldRow {
  name: string;
  place: string;
  isRequired: boolean;
  words: string;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  needsToken: boolean;
  fields: FieldRow[];
  responses: { status: string; words: string; isProblem: boolean }[];
}

/** Operations by what they are about: the segment after `/api`. */
export function groups(document: OpenAPI): { name: string; operations: Operation[] }[] {
  const byName = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    const name = path.split("/").filter((part) => part !== "" && part !== "api")[0] ?? path;
    for (const [method, raw] of Object.entries(methods)) {
      byName.set(name, [...(byName.get(name) ?? []), operation(path, method, raw)]);
    }
  }
  return [...byName].map(([name, operations]) => ({ name: title(name), operations }));
}

/** `reset-accounts` is `Reset accounts`. */
function title(name: string): string {
  const text = name.replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function operation(path: string, method: string, raw: RawOperation): Operation {
  const parameters = raw.parameters.map((parameter) => ({
    name: parameter.name, place: parameter.in === "path" ? "in the path" : "in the query",
    isRequired: parameter.required ?? false, words: parameter.description ?? words(parameter.schema),
  }));
  const body = raw.requestBody?.content["application/json"]?.schema;
  const members = body ? membersOf(body, "") : [];
  return {
    id: raw.operationId, method: method.toUpperCase(), path, summary: raw.summary,
    needsToken: (raw.security?.length ?? 0) > 0, fields: [...parameters, ...members],
    responses: Object.entries(raw.responses).map(([status, response]) => ({
      status, words: response.description, isProblem: !status.startsWith("2"),
    })),
  };
}

/** Members of a body; those of rows inside it as `rows[].symbol`. */
function membersOf(schema: Schema, prefix: string): FieldRow[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const row = { name: prefix + name, place: "in the body", isRequired: required.has(name), words: words(member) };
    const inner = member.items?.properties ? membersOf(member.items, `${prefix}${name}[].`) : [];
    return [row, ...inner];
  });
}

/** What a value may be, in words: `text, 1 to 255 characters`. */
export function words(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(words).join(", or ");
  const types = ([] as string[]).concat(schema.type ?? []);
  const limits = [range(schema), schema.description].filter((each): each is string => Boolean(each));
  return [types.map((type) => typeWords(type, schema)).join(" or "), ...limits].filter(Boolean).join(", ");
}

function typeWords(type: string, schema: Schema): string {
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  if (schema.format === "uuid") return "an id (UUID)";
  if (schema.format === "date") return "a date such as 2026-11-27";
  switch (type) {
    case "string": return "text";
    case "integer": return "a whole number";
    case "number": return "a number";
    case "boolean": return "true or false";
    case "array": return "a list";
    case "object": return "an object";
    case "null": return "null, which removes it";
    default: return type;
  }
}

function range(schema: Schema): string | undefined {
  const low = schema.minLength ?? schema.minItems ?? schema.minimum;
  const high = schema.maxLength ?? schema.maxItems ?? schema.maximum;
  const unit = schema.maxLength !== undefined ? " characters" : schema.maxItems !== undefined ? " entries" : "";
  if (schema.exclusiveMinimum !== undefined) {
    return [`above ${schema.exclusiveMinimum}`, high === undefined ? "" : `up to ${high}`].filter(Boolean).join(", ");
  }
  if (low !== undefined && high !== undefined) return `${low} to ${high}${unit}`;
  return high === undefined ? undefined : `up to ${high}${unit}`;
}

// A request to publish as a person reads it: what it says field by field, with the record that it carries as a file.

export interface Field {
  /** As the schema has it: 'summary', 'contact · role'. */
  name: string;
  /** '' in a record: it has the field, and nothing in it. */
  text: string;
}
export interface RequestRead {
  fields: Field[];
  /** A file belongs to it. */
  hasFile: boolean;
  /** It is too large to stand among the fields, or no text: it has to be read by itself. */
  isHidden: boolean;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

function words(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase();
}

const isOne = (value: unknown): boolean => typeof value !== 'object' || value === null;
const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function fieldsIn(name: string, value: unknown): Field[] {
  if (Array.isArray(value) && value.length > 0) {
    if (value.every(isOne)) return [{ name, text: value.map(textOf).join(', ') }];
    return value.flatMap((each, index) => fieldsIn(`${name} ${index + 1}`, each));
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, each]) => fieldsIn(name ? `${name} · ${words(key)}` : words(key), each));
  }
  return [{ name, text: isOne(value) ? textOf(value) : '' }];
}

/** What stands in an object, in its order, with what is empty. */
export function fieldsOf(object: Json): Field[] {
  return Object.entries(object).flatMap(([key, value]) => fieldsIn(words(key), value));
}

/** Bytes that are a text; undefined if they are none. */
function textIn(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function recordIn(text: string): Field[] {
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return fieldsOf(json);
  } catch {
    // It is a text of its own.
  }
  return [{ name: 'text', text }];
}

/** `request` and `fileBytes` are what /proposals/ID gives. A file that is left out there is read at its own address. */
export function readRequest(request: Json, fileBytes = 0): RequestRead {
  const { content, file, ...rest } = request;
  const text = typeof content === 'string' && content !== '' ? textIn(content) : undefined;
  const asked = fieldsOf(file === undefined ? rest : { file, ...rest }).filter((field) => field.text !== '');
  return {
    fields: [...asked, ...(text === undefined ? [] : recordIn(text))],
    hasFile: fileBytes > 0,
    isHidden: fileBytes > 0 && text === undefined,
  };
}

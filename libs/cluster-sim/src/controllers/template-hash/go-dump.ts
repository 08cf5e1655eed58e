import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import { dumpQuantity } from './quantity-dump.ts';
import { namedTypes } from './named-types.ts';
import { podStructs } from './pod-structs.ts';
import { volumeStructs } from './volume-structs.ts';

interface StructField {
  readonly goName: string;
  /** '' for an embedded struct. */
  readonly jsonName: string;
  readonly type: string;
}

/**
 * What k8s.io/utils/dump.ForHash writes of a Go value decoded from this JSON (spew's %#v with methods off, keys sorted and
 * pointer addresses hidden): each field with its type, absent ones included. Hashes of templates are taken over this text.
 */
export function dumpForHash(type: string, value: Json | undefined): string {
  return type.startsWith('*') ? `(${type})${pointee(type, value)}` : `(${type})${bare(type, value)}`;
}

function pointee(type: string, value: Json | undefined): string {
  return value === undefined || value === null ? '<nil>' : bare(type.slice(1), value);
}

/** Elements of lists and maps are written without their type. */
function bare(type: string, value: Json | undefined): string {
  const special = specialTypes.get(type);
  if (special) return special(value);
  if (type.startsWith('[]')) return list(type.slice(2), value);
  const mapType = /^map\[[^\]]+\](.*)$/.exec(type);
  if (mapType) return map(mapType[1] ?? '', value);
  const named = namedTypes.get(type);
  if (named !== undefined) return bare(named, value);
  const fields = structs.get(type);
  if (!fields) throw new Error(`no Go type ${type} is declared`);
  return struct(fields, isJsonObject(value) ? value : {});
}

function struct(fields: readonly StructField[], value: JsonObject): string {
  const members = fields.map(
    ({ goName, jsonName, type }) => `${goName}:${dumpForHash(type, jsonName === '' ? value : value[jsonName])}`,
  );
  return `{${members.join(' ')}}`;
}

function list(type: string, value: Json | undefined): string {
  if (!Array.isArray(value)) return '<nil>';
  return `[${value.map((element: Json) => bare(type, element)).join(' ')}]`;
}

function map(type: string, value: Json | undefined): string {
  if (!isJsonObject(value)) return '<nil>';
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${key}:${bare(type, value[key])}`);
  return `map[${entries.join(' ')}]`;
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function integer(value: Json | undefined): string {
  return typeof value === 'number' ? String(value) : '0';
}

function intOrString(value: Json | undefined): string {
  return `{Type:(intstr.Type)${typeof value === 'string' ? 1 : 0} IntVal:(int32)${integer(value)} StrVal:(string)${text(value)}}`;
}

/** Templates carry no times of their own: a metav1.Time in them is the zero time. */
const zeroTime = '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}';

const specialTypes: ReadonlyMap<string, (value: Json | undefined) => string> = new Map([
  ['string', text],
  ['types.UID', text],
  ['bool', (value: Json | undefined) => String(value === true)],
  ['int32', integer],
  ['int64', integer],
  ['v1.Time', () => zeroTime],
  ['intstr.IntOrString', intOrString],
  ['resource.Quantity', dumpQuantity],
]);

const structs = readStructs(podStructs + volumeStructs);

function readStructs(source: string): ReadonlyMap<string, readonly StructField[]> {
  const paragraphs = source.replaceAll('\n  ', ' ').split('\n').filter(Boolean);
  return new Map(
    paragraphs.map((paragraph) => {
      const end = paragraph.indexOf(' ');
      return [
        `v1.${paragraph.slice(0, end)}`,
        paragraph
          .slice(end + 1)
          .split('; ')
          .map(readField),
      ];
    }),
  );
}

function readField(text: string): StructField {
  const [names = '', type = ''] = text.split(' ');
  const [goName = '', jsonName] = names.split(':');
  return { goName, jsonName: jsonName ?? goName.charAt(0).toLowerCase() + goName.slice(1), type };
}

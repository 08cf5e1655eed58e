import { isJsonObject, type Json, type JsonObject } from '@kubedrill/kube-model';
import { dumpQuantity } from './quantity-dump.ts';
import { namedTypes } from './named-types.ts';
import { podStructs } from './pod-structs.ts';
import { volumeStructs } from './volume-structs.ts';

/** Writes a value without its type in front: elements of lists and maps are written so. */
type Dumper = (value: Json | undefined) => string;

interface StructField {
  /** "Name:(string)". */
  readonly prefix: string;
  /** '' for an embedded struct. */
  readonly jsonName: string;
  readonly type: string;
}

/**
 * What k8s.io/utils/dump.ForHash writes of a Go value decoded from this JSON (spew's %#v with methods off, keys sorted and
 * pointer addresses hidden): each field with its type, absent ones included. Hashes of templates are taken over this text.
 */
export function dumpForHash(type: string, value: Json | undefined): string {
  return `(${type})${dumperOf(type)(value)}`;
}

const dumpers = new Map<string, Dumper>();

/** Each type's dumper is made when it is needed first; its types are taken apart then and never again. */
function dumperOf(type: string): Dumper {
  const known = dumpers.get(type);
  if (known) return known;
  const made = makeDumper(type);
  dumpers.set(type, made);
  return made;
}

function makeDumper(type: string): Dumper {
  const special = specialTypes.get(type);
  if (special) return special;
  if (type.startsWith('*')) return pointer(dumperOf(type.slice(1)));
  if (type.startsWith('[]')) return list(type.slice(2));
  const mapType = /^map\[[^\]]+\](.*)$/.exec(type);
  if (mapType) return map(mapType[1] ?? '');
  const named = namedTypes.get(type);
  if (named !== undefined) return dumperOf(named);
  const fields = structs.get(type);
  if (!fields) throw new Error(`no Go type ${type} is declared`);
  return struct(fields);
}

function pointer(pointee: Dumper): Dumper {
  return (value) => (value === undefined || value === null ? '<nil>' : pointee(value));
}

/** A field of a struct with what writes it. */
interface Member {
  readonly prefix: string;
  readonly jsonName: string;
  readonly dump: Dumper;
  /** The text of the field where it is absent, as most fields of a template are. */
  readonly absent: string;
}

/** Members are looked up when the first value comes, as types refer to each other. */
function struct(fields: readonly StructField[]): Dumper {
  let members: readonly Member[] | undefined;
  let absent: string | undefined;
  return (value) => {
    members ??= fields.map(memberOf);
    return isJsonObject(value) ? structText(members, value) : (absent ??= structText(members, {}));
  };
}

function memberOf({ prefix, jsonName, type }: StructField): Member {
  const dump = dumperOf(type);
  return { prefix, jsonName, dump, absent: prefix + dump(undefined) };
}

function structText(members: readonly Member[], value: JsonObject): string {
  let text = '';
  for (const { prefix, jsonName, dump, absent } of members) {
    const member = jsonName === '' ? value : value[jsonName];
    text += `${text === '' ? '{' : ' '}${member === undefined ? absent : prefix + dump(member)}`;
  }
  return `${text}}`;
}

function list(type: string): Dumper {
  return (value) =>
    Array.isArray(value) ? `[${value.map((element: Json) => dumperOf(type)(element)).join(' ')}]` : '<nil>';
}

function map(type: string): Dumper {
  return (value) => {
    if (!isJsonObject(value)) return '<nil>';
    const entries = Object.keys(value)
      .sort()
      .map((key) => `${key}:${dumperOf(type)(value[key])}`);
    return `map[${entries.join(' ')}]`;
  };
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

const specialTypes: ReadonlyMap<string, Dumper> = new Map<string, Dumper>([
  ['string', text],
  ['types.UID', text],
  ['bool', (value) => String(value === true)],
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
  return {
    prefix: `${goName}:(${type})`,
    jsonName: jsonName ?? goName.charAt(0).toLowerCase() + goName.slice(1),
    type,
  };
}

import { isJsonObject, type Json } from '@kubedrill/kube-model';
import type { ParameterValues } from './draw-parameters.ts';

/** ${name}; $${name} stands for the text ${name} itself. */
const placeholder = /\$?\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const wholePlaceholder = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** Names that no parameter has stay as they are: the lint reports them. */
export function substituteText(text: string, values: ParameterValues): string {
  if (!text.includes('${')) return text;
  return text.replace(placeholder, (whole, name: string) => {
    if (whole.startsWith('$$')) return whole.slice(1);
    return values.has(name) ? String(values.get(name)) : whole;
  });
}

/** A text that is nothing but a placeholder becomes the value itself, a number included; keys are substituted too. */
export function substituteJson(value: Json, values: ParameterValues): Json {
  if (typeof value === 'string') {
    const name = wholePlaceholder.exec(value)?.[1];
    return (name === undefined ? undefined : values.get(name)) ?? substituteText(value, values);
  }
  if (Array.isArray(value)) return value.map((element: Json) => substituteJson(element, values));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [substituteText(key, values), substituteJson(field ?? null, values)]),
  );
}

/** The names that a text uses as parameters. */
export function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].flatMap(([whole, name]) => (whole.startsWith('$$') ? [] : [name ?? '']));
}

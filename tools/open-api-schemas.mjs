// `node tools/open-api-schemas.mjs <kubernetes>`: makes libs/kube-api/open-api/schemas.json of a Kubernetes source tree: of the documents
// that it publishes, each schema once, and of the generated declarations, which alone have the values of enumerations.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const [tree] = process.argv.slice(2);
if (tree === undefined) {
  process.stderr.write('usage: node tools/open-api-schemas.mjs <kubernetes>\n');
  process.exit(2);
}

/** They list every kind there is, and belong to none. */
const ofAllKinds = /\.meta\.v1\.(DeleteOptions|WatchEvent)$/;

function published() {
  const folder = path.join(tree, 'api/openapi-spec/v3');
  const schemas = new Map();
  for (const file of readdirSync(folder).filter((name) => /__v\w+_openapi\.json$/.test(name))) {
    const { components } = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    for (const [name, schema] of Object.entries(components?.schemas ?? {}))
      if (!ofAllKinds.test(name)) schemas.set(name, schema);
  }
  return schemas;
}

/** "io.k8s.api.apps.v1.Deployment" is declared by schema_k8sio_api_apps_v1_Deployment. */
function declarationOf(name) {
  return `schema_k8sio_${name.replace(/^io\.k8s\./, '').replaceAll(/[.-]/g, '_')}`;
}

/** Enumerations by declaration and property: [{declaration, property, ofItems, description, values}]. */
function enumerations() {
  const found = [];
  let declaration;
  let property;
  let description;
  for (const line of readFileSync(path.join(tree, 'pkg/generated/openapi/zz_generated.openapi.go'), 'utf8').split(
    '\n',
  )) {
    declaration = /^func (schema_\w+)\(/.exec(line)?.[1] ?? declaration;
    property = /^\t{5}"([^"]+)": \{$/.exec(line)?.[1] ?? property;
    const text = /^\t+Description: (".*"),$/.exec(line)?.[1];
    if (text !== undefined) description = JSON.parse(text);
    const [, indent, values] = /^(\t+)Enum: +\[\]interface\{\}\{(.*)\},$/.exec(line) ?? [];
    if (values === undefined) continue;
    found.push({ declaration, property, ofItems: indent.length > 7, description, values: JSON.parse(`[${values}]`) });
  }
  return found;
}

const schemas = published();
const byDeclaration = new Map([...schemas].map(([name, schema]) => [declarationOf(name), schema]));
for (const { declaration, property, ofItems, description, values } of enumerations()) {
  const described = byDeclaration.get(declaration)?.properties?.[property];
  if (!described) {
    process.stderr.write(`${declaration}.${property}: not in a published document\n`);
    continue;
  }
  const elements = described.items ?? described.additionalProperties;
  if (ofItems && elements) elements.enum = values;
  else Object.assign(described, { description, enum: values });
}

const lines = [...schemas]
  .sort(([left], [right]) => (left < right ? -1 : 1))
  .map(([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`);
const target = path.resolve(import.meta.dirname, '../libs/kube-api/open-api/schemas.json');
writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`);
process.stdout.write(`${schemas.size} schemas\n`);

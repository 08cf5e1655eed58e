import { nearestWord } from '../../feedback/nearest-word.ts';
import { readField } from '../../observe/field-path.ts';
import { quote } from '../../observe/outcomes.ts';
import { defineCheckKind } from '../check-kind.ts';
import { describeDemand, satisfies } from './operators.ts';

export const resource = defineCheckKind({
  kind: 'resource',
  evaluate(parameters, { cluster }) {
    const { kind, namespace, name } = parameters.object;
    const object = cluster.view.get(kind, namespaced(kind, namespace), name);
    const field = readField(object, parameters.path ?? '');
    return { credit: satisfies(parameters, field.value) ? 1 : 0, object, field };
  },
  explain(parameters, { object, field }, { cluster }) {
    const { kind, name, namespace } = parameters.object;
    const subject = `${kind} ${name}`;
    const expected = `${parameters.path ?? ''}${parameters.path ? ' of ' : ''}${subject} ${describeDemand(parameters)}`;
    if (object) {
      const value =
        field.value === undefined ? 'not set' : quote(JSON.stringify(field.value)).slice(1, -1).replaceAll('\\"', '"');
      const observed = parameters.path ? `it is ${value}` : `${subject} is there`;
      return { expected, observed, evidence: [{ kind, namespace, name, path: field.path }] };
    }
    const names = cluster.view.list(kind, namespaced(kind, namespace)).map(({ metadata }) => metadata.name);
    const near = nearestWord(name, names);
    const observed = `there is no ${subject}${near === undefined ? '' : `, but there is "${near}"`}`;
    return {
      expected,
      observed,
      evidence: near === undefined ? [] : [{ kind, namespace, name: near, path: ['metadata', 'name'] }],
    };
  },
});

function namespaced(kind: string, namespace: string): string {
  return kind === 'Node' || kind === 'Namespace' ? '' : namespace;
}

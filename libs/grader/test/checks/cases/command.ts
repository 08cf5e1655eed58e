import { client, documents, echo, service } from '../../example-manifests.ts';
import type { CheckCase } from '../check-case.ts';

const runs = { kind: 'command', in: { deployment: 'client' } };
const instance = { initial: client() };
const api = documents(echo('api'), service({ name: 'api', ports: 'port: 80, targetPort: 5678' }));

export const commandCases: readonly CheckCase[] = [
  {
    what: 'wget prints the answer',
    check: { ...runs, run: ['wget', '-qO-', 'http://api'], stdout: 'this is api' },
    submission: api,
    credit: 1,
    instance,
  },
  {
    what: 'a line of the shell',
    check: { ...runs, run: 'wget -qO- http://api | grep -c this', stdoutMatches: '^1$' },
    submission: api,
    credit: 1,
    instance,
  },
  {
    what: 'another output',
    check: { ...runs, run: ['wget', '-qO-', 'http://api'], stdoutContains: 'hello' },
    submission: api,
    credit: 0,
    observed: ['exit code 0, "this is api"'],
    instance,
  },
  {
    what: 'an exit code',
    check: { ...runs, run: ['wget', '-qO-', 'http://api'] },
    submission: echo('api'),
    credit: 0,
    observed: ['exit code 1'],
    instance,
  },
];

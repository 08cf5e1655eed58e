import { describe, expect, it } from '@jest/globals';
import { smallestEdit, type Counterfactual } from '../../src/counterfactual/smallest-edit.ts';
import { prepareInstance } from '../../src/prepared-instance.ts';
import { exampleInstance, type InstanceParts } from '../example-instance.ts';
import { client, deployment, documents, service } from '../example-manifests.ts';

const listed = { id: 'listed', kind: 'endpoints', service: 'web', of: { deployment: 'web' } };
const reads = {
  ...{ id: 'reads', kind: 'reachability', from: { deployment: 'client' } },
  ...{ to: { host: 'web', port: 80, http: {} }, expect: { status: 200 } },
};
const echo = deployment({ name: 'web', image: 'hashicorp/http-echo:1.0', args: ['-listen=:5678', '-text=hi'] });

function found(content: string, check: string, parts: Partial<InstanceParts> = {}): Counterfactual | undefined {
  const prepared = prepareInstance(exampleInstance({ checks: [listed, reads], initial: client(), ...parts }));
  const search = smallestEdit(prepared, [{ path: 'web.yaml', content }], check);
  let step = search.next();
  while (step.done !== true) step = search.next();
  return step.value;
}

interface Case {
  readonly what: string;
  readonly content: string;
  readonly check: string;
  readonly edit: string;
  readonly excerpt: string;
  readonly parts?: Partial<InstanceParts>;
}

describe('the smallest edit that turns a check green', () => {
  it.each<Case>([
    {
      what: 'a selector with a letter too many',
      content: documents(deployment({ name: 'web' }), service({ name: 'web', selector: 'app: webs' })),
      check: 'listed',
      edit: 'spec.selector.app: web instead of webs',
      excerpt: '    app: webs',
    },
    {
      what: 'a pair that no Pod has',
      content: documents(deployment({ name: 'web' }), service({ name: 'web', selector: '{app: web, tier: front}' })),
      check: 'listed',
      edit: 'leave out spec.selector.tier',
      excerpt: '    {app: web, tier: front}',
    },
    {
      what: 'a target port on which nobody listens',
      content: documents(echo, service({ name: 'web', ports: 'port: 80, targetPort: 8080' })),
      check: 'reads',
      edit: 'spec.ports[0].targetPort: 5678 instead of 8080',
      excerpt: '    - {port: 80, targetPort: 8080}',
    },
    {
      what: 'a target port left out',
      content: documents(echo, service({ name: 'web', ports: 'port: 80' })),
      check: 'reads',
      edit: 'add targetPort: 5678 under spec.ports[0]',
      excerpt: '    - {port: 80}',
    },
    {
      what: 'a Service of another name',
      content: documents(deployment({ name: 'web' }), service({ name: 'frontend', selector: 'app: web' })),
      check: 'reads',
      edit: 'metadata.name: web instead of frontend',
      excerpt: '  name: frontend',
    },
    {
      what: 'a process on the loopback alone',
      content: documents(
        deployment({ name: 'web', image: 'hashicorp/http-echo:1.0', args: ['-listen=127.0.0.1:5678', '-text=hi'] }),
        service({ name: 'web', ports: 'port: 80, targetPort: 5678' }),
      ),
      check: 'reads',
      edit: 'spec.template.spec.containers[0].args[0]: -listen=0.0.0.0:5678 instead of -listen=127.0.0.1:5678',
      excerpt: '          args: ["-listen=127.0.0.1:5678","-text=hi"]',
    },
    {
      what: 'too few replicas',
      content: documents(deployment({ name: 'web', replicas: 1 }), service({ name: 'web' })),
      check: 'replicas',
      edit: 'spec.replicas: 3 instead of 1',
      excerpt: '  replicas: 1',
      parts: {
        checks: [
          {
            ...{ id: 'replicas', kind: 'resource', object: { kind: 'Deployment', name: 'web' } },
            ...{ path: 'status.availableReplicas', equals: 3 },
          },
        ],
      },
    },
  ])('$what', ({ content, check, edit, excerpt, parts = {} }) => {
    const counterfactual = found(content, check, parts);
    expect(counterfactual).toMatchObject({ check, edit, score: 1 });
    expect(counterfactual?.place).toMatchObject({ file: 'web.yaml', excerpt });
  });

  it.each<[what: string, content: string, check: string]>([
    ['the check passes', documents(deployment({ name: 'web' }), service({ name: 'web' })), 'reads'],
    ['there is no such check', documents(deployment({ name: 'web' }), service({ name: 'web' })), 'none'],
    ['a whole object is missing', deployment({ name: 'web' }), 'reads'],
    ['the manifest cannot be read', 'kind: [', 'reads'],
  ])('finds nothing where %s', (_what, content, check) => {
    expect(found(content, check)).toBeUndefined();
  });

  it('does not buy one check with another', () => {
    // Service "other" leads to the Pods already: renaming it would give "web" and take "other".
    const others = { id: 'other', kind: 'endpoints', service: 'other', of: { deployment: 'web' } };
    const content = documents(deployment({ name: 'web' }), service({ name: 'other', selector: 'app: web' }));
    expect(found(content, 'listed', { checks: [listed, others] })).toBeUndefined();
  });
});

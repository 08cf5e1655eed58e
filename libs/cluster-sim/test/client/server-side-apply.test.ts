import { describe, expect, it } from '@jest/globals';
import type { JsonObject, ManifestDocument } from '@kubedrill/kube-model';
import { kubectlServerSideApply, type ServerSideApplyOptions } from '../../src/client/kubectl.ts';
import { TestServer } from '../api/api-server-fixture.ts';

function service(selector: JsonObject, name = 'ssa'): JsonObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector, ports: [{ port: 80 }] } };
}

function apply({ server }: TestServer, value: JsonObject, options?: ServerSideApplyOptions): string {
  const locate = (): { file: string; line: number; column: number } => ({ file: 'f.yaml', line: 1, column: 1 });
  const document: ManifestDocument = { file: 'f.yaml', index: 0, value, locate };
  return kubectlServerSideApply({ api: server }, [document], options)
    .map(({ printed }) => printed)
    .join('\n');
}

describe('kubectl apply --server-side', () => {
  it('says the same of what is new, changed and unchanged', () => {
    const server = new TestServer();
    for (const selector of [{ app: 'a' }, { app: 'a' }, { app: 'b' }])
      expect(apply(server, service(selector))).toBe('service/ssa serverside-applied');
  });

  it('explains conflicts, and ends them with --force-conflicts', () => {
    const server = new TestServer();
    apply(server, service({ app: 'ssa' }));
    const someone = { fieldManager: 'someone' } as const;
    expect(apply(server, service({ app: 'other' }), someone)).toBe(
      [
        'error: Apply failed with 1 conflict: conflict with "kubectl": .spec.selector',
        'Please review the fields above--they currently have other managers. Here',
        'are the ways you can resolve this warning:',
        '* If you intend to manage all of these fields, please re-run the apply',
        '  command with the `--force-conflicts` flag.',
        '* If you do not intend to manage all of the fields, please edit your',
        '  manifest to remove references to the fields that should keep their',
        '  current managers.',
        '* You may co-own fields by updating your manifest to match the existing',
        "  value; in this case, you'll become the manager if the other manager(s)",
        '  stop managing the field (remove it from their configuration).',
        'See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts',
      ].join('\n'),
    );
    expect(apply(server, service({ app: 'other' }), { ...someone, force: true })).toBe(
      'service/ssa serverside-applied',
    );
  });

  it('passes other refusals on', () => {
    const server = new TestServer();
    expect(apply(server, { ...service({}), spec: { ports: [], selectors: {} } })).toBe(
      'Error from server: failed to create typed patch object (default/ssa; /v1, Kind=Service): .spec.selectors: field not declared in schema',
    );
    expect(apply(server, service({}, ''))).toContain('resource name may not be empty');
  });
});

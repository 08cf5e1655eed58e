import { describe, expect, it } from '@jest/globals';
import { ClusterBehaviour } from '../../src/behaviour/behaviour.ts';
import type { Renamings } from '../../src/behaviour/identities.ts';
import { gradeSubmission } from '../../src/grade-submission.ts';
import { prepareInstance } from '../../src/prepared-instance.ts';
import { exampleInstance } from '../example-instance.ts';
import { client, deployment, documents, service } from '../example-manifests.ts';

const listed = { id: 'listed', kind: 'endpoints', service: 'web', ready: 2 };
const prepared = prepareInstance(exampleInstance({ checks: [listed], initial: client() }));

function behaviourOf(content: string, renamings: Renamings = new Map()): ClusterBehaviour {
  const seen: ClusterBehaviour[] = [];
  gradeSubmission(prepared, { kind: 'files', files: [{ path: 'a.yaml', content }] }, undefined, (cluster, applied) => {
    seen.push(new ClusterBehaviour(cluster.fork(), applied, renamings));
  });
  const [behaviour] = seen;
  if (!behaviour) throw new Error('a submission that was applied was observed');
  return behaviour;
}

const web = deployment({ name: 'web' });
const reference = documents(web, service({ name: 'web', selector: 'app: web' }));

function questions(content: string, renamings?: Renamings): readonly string[] {
  const differences = behaviourOf(reference).differencesTo(behaviourOf(content, renamings));
  return [...differences].map(({ question }) => question);
}

interface Case {
  readonly what: string;
  readonly content: string;
  readonly question: string;
}

const changes: readonly Case[] = [
  {
    what: 'a selector that finds nothing',
    content: documents(web, service({ name: 'web', selector: 'app: wed' })),
    question: 'the endpoints of Service default/web',
  },
  {
    what: 'a Service of another name',
    content: documents(web, service({ name: 'wed', selector: 'app: web' })),
    question: 'Deployment default/client #1 asks for wed',
  },
  {
    what: 'no Service',
    content: web,
    question: 'Deployment default/client #1 -> web.default:80',
  },
];

describe('ClusterBehaviour', () => {
  it('is the same of the same submission', () => {
    expect(questions(reference)).toEqual([]);
  });

  it('is the same when only names of objects differ that nobody calls', () => {
    const renamed = documents(
      deployment({ name: 'web' }).replace('name: web', 'name: other'),
      service({ name: 'web', selector: 'app: web' }),
    );
    expect(questions(renamed, new Map([['Deployment other', 'web']]))).toEqual([]);
    expect(questions(renamed)).toContain('the Pods of Deployment default/web');
  });

  it.each(changes)('shows $what', ({ content, question }) => {
    expect(questions(content)).toContain(question);
  });

  it('says what each of the two answers', () => {
    const [first] = behaviourOf(reference).differencesTo(behaviourOf(web));
    expect(first).toEqual({
      question: 'the Services',
      before: 'default/kubernetes (ClusterIP), default/web (ClusterIP), kube-system/kube-dns (ClusterIP)',
      after: 'default/kubernetes (ClusterIP), kube-system/kube-dns (ClusterIP)',
    });
  });
});

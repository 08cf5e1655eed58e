import { describe, expect, it } from '@jest/globals';
import { createSubmission, submissionBounds } from '@kubedrill/contracts';

const target = { exercise: 'two-tier', variant: 'basic' };
const file = { path: 'api.yaml', content: 'kind: Service\n' };

const check = (body: unknown, accepted: boolean) => expect(createSubmission.safeParse(body).success).toBe(accepted);

describe('a new submission', () => {
  it.each<[string, object]>([
    ['a file', { files: [file] }],
    ['files in folders', { files: [{ path: 'back-end/api.v1.yaml', content: '' }, file] }],
    [
      'emoji, right-to-left marks, control characters in a content',
      { files: [{ path: 'a.yaml', content: '\u{1f600}\u202e\u0000' }] },
    ],
    ['Windows line ends', { files: [{ path: 'a.yaml', content: 'kind: Pod\r\n' }] }],
    ['the longest content', { files: [{ path: 'a.yaml', content: 'x'.repeat(submissionBounds.contentLength) }] }],
    ['commands', { commands: ['kubectl get svc'] }],
    ['answers', { answers: { 'how-many': '2', constructor: 'x' } }],
  ])('accepts %s', (_, content) => check({ ...target, ...content }, true));

  it.each<[string, object]>([
    ['no content', {}],
    ['two contents', { files: [file], commands: ['kubectl get svc'] }],
    ['no file', { files: [] }],
    ['too many files', { files: Array.from({ length: 21 }, (_, index) => ({ path: `${index}.yaml`, content: '' })) }],
    ['a path twice', { files: [file, file] }],
    [
      'a content that is too long',
      { files: [{ path: 'a.yaml', content: 'x'.repeat(submissionBounds.contentLength + 1) }] },
    ],
    [
      'files that are too long together',
      { files: [1, 2, 3].map((n) => ({ path: `${n}.yaml`, content: 'x'.repeat(submissionBounds.contentLength) })) },
    ],
    ['an absolute path', { files: [{ path: '/etc/passwd', content: '' }] }],
    ['a path out of the folder', { files: [{ path: '../api.yaml', content: '' }] }],
    ['a path out of a sub-folder', { files: [{ path: 'a/../../api.yaml', content: '' }] }],
    ['a hidden name', { files: [{ path: '.env', content: '' }] }],
    ['an empty part of a path', { files: [{ path: 'a//b.yaml', content: '' }] }],
    ['a path with a control character', { files: [{ path: 'a\n.yaml', content: '' }] }],
    ['a content that is no string', { files: [{ path: 'a.yaml', content: { kind: 'Pod' } }] }],
    ['an empty command', { commands: [''] }],
    ['an unknown field', { files: [file], score: 1 }],
    ['an exercise that is no slug', { exercise: '../x', files: [file] }],
  ])('refuses %s', (_, content) => check({ ...target, ...content }, false));

  it('never lets an answer reach a prototype', () => {
    const answers: unknown = JSON.parse('{"__proto__": "x", "how-many": "2"}');
    const parsed = createSubmission.parse({ ...target, answers });
    expect(Object.keys(parsed.answers ?? {})).toEqual(['how-many']);
    expect(Object.getPrototypeOf(parsed.answers)).toBe(Object.prototype);
  });
});

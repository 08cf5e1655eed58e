import {
  kubectlCreate,
  kubectlReplace,
  kubectlServerSideApply,
  type AppliedDocument,
  type KubectlOptions,
} from '@kubedrill/cluster-sim';
import { runOnWorkstation } from '@kubedrill/kubectl';
import {
  isJsonObject,
  parseManifests,
  resources,
  type JsonObject,
  type Kind,
  type ManifestDocument,
} from '@kubedrill/kube-model';
import {
  deleteRequest,
  metadataChange,
  patchRequest,
  resolveName,
  scaleChange,
  type PatchChange,
  type ResolvedTarget,
} from '../change-request.ts';
import type { CaseContext } from './case-context.ts';
import type { CaseAction } from './case-file.ts';
import { isRecorded, resultFields } from './result-fields.ts';

/** Carries out one action; the results are as a recording has them, in its order. Undefined: nothing to compare. */
export function perform(context: CaseContext, action: CaseAction): readonly JsonObject[] | undefined {
  switch (action.kind) {
    case 'apply':
    case 'create':
    case 'replace':
    case 'serverApply':
      return performDocuments(context, action.kind, action.text);
    case 'patch':
      return [performPatch(context, action.target, 'PATCH', action)];
    case 'annotate':
    case 'label': {
      const part = action.kind === 'label' ? 'labels' : 'annotations';
      return [performPatch(context, action.target, 'PATCH', metadataChange(part, action.set))];
    }
    case 'scale':
      return [performPatch(context, action.target, 'SCALE', scaleChange(action.replicas))];
    case 'get':
      return [performGet(context, action.target)];
    case 'delete':
      return action.targets.map((target) => performDelete(context, action, target));
    case 'wait':
      context.cluster.advance(action.milliseconds);
      return undefined;
    case 'run':
      return [performScript(context, action.command)];
  }
}

function performScript({ cluster, namespace, placeholders }: CaseContext, command: string): JsonObject {
  const { stdout, stderr, exitCode } = runOnWorkstation(cluster, { namespace, files: new Map() }, command);
  const linesOf = (text: string): readonly string[] | null =>
    text === ''
      ? null
      : text
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => withColumnGaps(line, placeholders.inText(line)));
  return { command, rc: exitCode, stdout: linesOf(stdout), stderr: linesOf(stderr) };
}

/** Placeholders change the width of columns: a gap is a gap wherever one stands. */
function withColumnGaps(line: string, replaced: string): string {
  return line === replaced ? line : replaced.replace(/ {2,}/g, '  ');
}

type DocumentVerb = 'apply' | 'create' | 'replace' | 'serverApply';

const httpVerbs: Readonly<Record<DocumentVerb, string>> = {
  apply: 'POST',
  create: 'POST',
  replace: 'PUT',
  serverApply: 'APPLY',
};

function performDocuments(context: CaseContext, verb: DocumentVerb, text: string): readonly JsonObject[] | undefined {
  const { documents, issues } = parseManifests([{ path: 'case.yaml', content: text }]);
  const results = sendDocuments(context, verb, documents).map((applied) => documentResult(context, verb, applied));
  const [issue] = issues;
  if (issue) return [...results, { accepted: false, clientError: issue.message }];
  return results.length > 0 ? results : undefined;
}

function sendDocuments(
  { cluster, namespace, applied, case: file }: CaseContext,
  verb: DocumentVerb,
  documents: readonly ManifestDocument[],
): readonly AppliedDocument[] {
  const options: KubectlOptions = {
    namespace,
    fieldValidation: file.fieldValidation,
    lastApplied: { kind: 'outside', manifests: applied },
  };
  switch (verb) {
    case 'apply':
      return cluster.apply(documents, options);
    case 'create':
      return kubectlCreate(cluster, documents, options);
    case 'replace':
      return kubectlReplace(cluster, documents, options);
    case 'serverApply':
      return kubectlServerSideApply(cluster, documents, { ...options, fieldValidation: 'Strict', force: true });
  }
}

function documentResult(
  context: CaseContext,
  verb: DocumentVerb,
  { document, response, patch, printed }: AppliedDocument,
): JsonObject {
  const { apiVersion, kind, metadata } = document.value;
  const name = isJsonObject(metadata) && typeof metadata.name === 'string' ? metadata.name : '';
  if (!response.ok && response.status.code === 0) return { accepted: false, clientError: printed };
  return {
    object: `${typeof kind === 'string' ? kind : ''}/${name}`,
    ...(apiVersion === undefined ? {} : { apiVersion }),
    verb: patch ? 'PATCH' : httpVerbs[verb],
    ...resultFields(context, response, isRecorded(kind, context.case.full)),
    ...(patch ? { patch: context.placeholders.inObject(patch) } : {}),
    ...(patch && Object.keys(patch).length === 0 ? { unchanged: true } : {}),
  };
}

/** Calls back for a target that exists in the API; the result of another one is the client's own refusal. */
function onTarget(context: CaseContext, text: string, perform: (target: ResolvedTarget) => JsonObject): JsonObject {
  const target = resolveTarget(context, text);
  return target ? { object: text, ...perform(target) } : { accepted: false, clientError: `no match for ${text}` };
}

/** "pod:<identity>" names a Pod of the last snapshot. */
function resolveTarget({ placeholders, namespace }: CaseContext, text: string): ResolvedTarget | undefined {
  if (!text.startsWith('pod:')) return resolveName(text, namespace);
  const found = placeholders.podNamed(text.slice('pod:'.length));
  if (!found) return undefined;
  const { metadata } = found.pod;
  return { resource: resources.Pod, namespace: metadata.namespace ?? '', name: metadata.name };
}

function performPatch(context: CaseContext, text: string, verb: 'PATCH' | 'SCALE', change: PatchChange): JsonObject {
  return onTarget(context, text, (target) => {
    const options = { fieldManager: 'kubectl-patch', fieldValidation: context.case.fieldValidation };
    const response = context.cluster.api.handle({ ...patchRequest(target, change), ...options });
    return { verb, ...resultFields(context, response, verb === 'PATCH' && isShown(context, target.resource.kind)) };
  });
}

function isShown({ case: file }: CaseContext, kind: Kind): boolean {
  return isRecorded(kind, file.full);
}

function performGet(context: CaseContext, text: string): JsonObject {
  return onTarget(context, text, (target) => ({
    verb: 'GET',
    ...resultFields(context, context.cluster.api.handle({ ...target, verb: 'get' }), true),
  }));
}

function performDelete(
  context: CaseContext,
  { propagation, grace }: Extract<CaseAction, { kind: 'delete' }>,
  text: string,
): JsonObject {
  return onTarget(context, text, (target) => {
    context.applied.delete(`${target.resource.kind}/${target.namespace}/${target.name}`);
    const response = context.cluster.api.handle(deleteRequest(target, propagation, grace));
    return { verb: 'DELETE', ...resultFields(context, response, false) };
  });
}

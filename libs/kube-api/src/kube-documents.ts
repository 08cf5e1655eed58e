import type { Cluster, UserInfo } from '@kubedrill/cluster-sim';
import { KubeApi } from './kube-api.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** A GET of somebody who sits beside the cluster and needs no connection. */
export interface DocumentRequest {
  readonly path: string;
  readonly accept: string;
  readonly user: UserInfo | undefined;
}

export interface ServedText {
  readonly code: number;
  readonly text: string;
  readonly warnings: readonly string[];
}

const apiServerPort = 6443;

/** All that somebody may read who sits beside the cluster. */
export function kubeDocuments(
  cluster: Cluster,
  serverAddress = `${cluster.options.nodes[0]?.address ?? 'localhost'}:${apiServerPort}`,
): { get(request: DocumentRequest): ServedText } {
  let api: KubeApi | undefined;
  return { get: (request) => readDocument((api ??= new KubeApi({ cluster, serverAddress })), request) };
}

/** Answers as the server does over HTTPS; what goes on without end is not for it. */
function readDocument(api: KubeApi, request: DocumentRequest): ServedText {
  return textOf(api.answer(wireRequest(request)));
}

function wireRequest({ path, accept, user }: DocumentRequest): WireRequest {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  return {
    method: 'GET',
    path: decodeURIComponent(pathname),
    url: path,
    headers: user ? impersonation(user) : {},
    query: searchParams,
    accept,
    contentType: '',
    userAgent: 'kubectl',
    body: new Uint8Array(),
  };
}

function impersonation({ name, groups, uid }: UserInfo): Record<string, string> {
  return {
    'impersonate-user': name,
    ...(groups.length > 0 ? { 'impersonate-group': groups.join(', ') } : {}),
    ...(uid === undefined ? {} : { 'impersonate-uid': uid }),
  };
}

function textOf(answer: WireAnswer): ServedText {
  switch (answer.kind) {
    case 'document':
      return { code: answer.code, text: `${JSON.stringify(answer.body)}\n`, warnings: answer.warnings };
    case 'text':
    case 'proxied':
      return { code: answer.code, text: answer.text, warnings: [] };
    case 'stream':
    case 'watch':
      return { code: 406, text: 'a stream is no document', warnings: [] };
  }
}

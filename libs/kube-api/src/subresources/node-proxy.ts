import { apiVersionOf, resources, type Json } from '@kubedrill/kube-model';
import { documentAnswer, statusAnswer, type WireAnswer } from '../wire.ts';
import type { Connector } from './connector.ts';
import { splitSchemeNamePort } from './proxy-location.ts';
import { badRequest } from '@kubedrill/cluster-sim';

/** nodes/NAME/proxy: what the kubelet's own server says (pkg/kubelet/server/server.go), as far as it is modelled. */
export const nodeProxy: Connector = ({ method }, { name: text, rest }, { cluster }) => {
  const named = splitSchemeNamePort(text);
  if (!named) return statusAnswer(badRequest(`invalid node request ${JSON.stringify(text)}`));
  const { name } = named;
  const response = cluster.api.handle({ verb: 'get', resource: resources.Node, namespace: '', name });
  if (!response.ok) return statusAnswer(response.status, response.warnings);
  if (method !== 'GET') return text405;
  switch (rest.replace(/\/$/, '')) {
    case '/healthz':
      return { kind: 'text', code: 200, text: 'ok' };
    case '/pods': {
      const items = cluster.view.indexed('Pod', 'node', name) as unknown as Json;
      return documentAnswer(200, { kind: 'PodList', apiVersion: apiVersionOf(resources.Pod), metadata: {}, items });
    }
    case '/configz':
      return documentAnswer(200, { kubeletconfig: { clusterDomain: cluster.options.clusterDomain } });
    default:
      return { kind: 'text', code: 404, text: '404 page not found\n' };
  }
};

const text405: WireAnswer = { kind: 'text', code: 405, text: '405: Method Not Allowed' };

import { objectMeta } from '../../schema/object-meta.ts';
import { always, atomic, embedded, int32, list, named, object, pointer, string } from '../../schema/schema.ts';

/** networking.k8s.io/v1 Ingress. */

const ingressBackend = object('IngressBackend', {
  service: object('IngressServiceBackend', {
    name: always(string),
    port: always(atomic(object('ServiceBackendPort', { name: string, number: int32 }))),
  }),
  resource: atomic(
    object('TypedLocalObjectReference', {
      apiGroup: pointer(string),
      kind: always(string),
      name: always(string),
    }),
  ),
});

const httpIngressPath = object('HTTPIngressPath', {
  path: string,
  pathType: pointer(named('v1.PathType', string)),
  backend: always(ingressBackend),
});

const ingressRuleValue = object('IngressRuleValue', {
  http: object('HTTPIngressRuleValue', { paths: always(list(httpIngressPath)) }),
});

const ingressRule = object('IngressRule', { host: string, ...embedded(ingressRuleValue) });

const ingressLoadBalancerIngress = object('IngressLoadBalancerIngress', {
  ip: string,
  hostname: string,
  ports: list(
    object('IngressPortStatus', {
      port: always(int32),
      protocol: always(named('v1.Protocol', string)),
      error: pointer(string),
    }),
  ),
});

export const ingressSchema = object('Ingress', {
  metadata: objectMeta,
  spec: always(
    object('IngressSpec', {
      ingressClassName: pointer(string),
      defaultBackend: ingressBackend,
      tls: list(object('IngressTLS', { hosts: list(string), secretName: string })),
      rules: list(ingressRule),
    }),
  ),
  status: always(
    object('IngressStatus', {
      loadBalancer: always(object('IngressLoadBalancerStatus', { ingress: list(ingressLoadBalancerIngress) })),
    }),
  ),
});

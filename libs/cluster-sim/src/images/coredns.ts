import { serve, stoppable } from '../exec/program.ts';
import type { Program } from '../exec/program.ts';
import { goError, goResponse, httpListener, pathOf } from './http-application.ts';
import { defineImage } from './image-definition.ts';
import type { Listener } from './image-model.ts';

/** How long kubeadm's Corefile lets it serve on (health, lameduck 5s). */
const lameDuck = 5_000;

/** CoreDNS with kubeadm's Corefile: DNS on 53, health on 8080, ready on 8181, metrics on 9153. Names are resolved by the data plane. */
const coredns: Program = {
  name: 'coredns',
  run() {
    const dns = (protocol: 'TCP' | 'UDP'): Listener => ({
      port: 53,
      protocol,
      address: '0.0.0.0',
      application: { kind: 'silent' },
    });
    const page = (port: number, path: string, body: string): Listener =>
      httpListener(port, (request, { now }) =>
        pathOf(request) === path ? goResponse(request, now, body) : goError(request, now, 404, '404 page not found'),
      );
    return stoppable(
      serve(
        [
          dns('UDP'),
          dns('TCP'),
          page(8_080, '/health', 'OK'),
          page(8_181, '/ready', 'OK'),
          page(9_153, '/metrics', ''),
        ],
        '.:53\nCoreDNS-1.13.1\n',
      ),
      0,
      lameDuck,
    );
  },
};

export const corednsImage = defineImage({
  repositories: ['registry.k8s.io/coredns/coredns', 'coredns/coredns', 'k8s.gcr.io/coredns/coredns'],
  entrypoint: ['/coredns'],
  programs: [[coredns]],
});

import { goStopCode, serve, stoppable } from '../../exec/program.ts';
import type { Program } from '../../exec/program.ts';
import { goResponse, httpListener } from '../http-application.ts';
import { defineImage } from '../image-definition.ts';

/** GoogleCloudPlatform/kubernetes-engine-samples hello-app: version 1.0.0 or 2.0.0 by its tag; $PORT or 8080. */
function helloApp(version: string): Program {
  return {
    name: 'hello-app',
    run(_argv, _stdin, { hostname, variables }) {
      const port = Number(variables.get('PORT') ?? 8_080);
      const body = `Hello, world!\nVersion: ${version}\nHostname: ${hostname}\n`;
      return stoppable(
        serve(
          [httpListener(port, (request, { now }) => goResponse(request, now, body))],
          '',
          `Server listening on port ${port}\n`,
        ),
        goStopCode,
      );
    },
  };
}

/** One binary for each version; the tag of the container's image chooses. */
const start: Program = {
  name: 'app',
  run(argv, stdin, environment) {
    const image =
      environment.pod?.spec.containers.map((container) => container.image).find((name) => name.includes('hello-app')) ??
      '';
    return helloApp(image.endsWith(':2.0') ? '2.0.0' : '1.0.0').run(argv, stdin, environment);
  },
};

export const helloAppImage = defineImage({
  repositories: ['gcr.io/google-samples/hello-app', 'us-docker.pkg.dev/google-samples/containers/gke/hello-app'],
  tags: /^[12]\.0$/,
  cmd: ['/app'],
  programs: [[start]],
});

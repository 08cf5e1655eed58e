import { alpineTools } from '../exec/program-sets.ts';
import { goResponse, httpListener } from './http-application.ts';
import { defineImage } from './image-definition.ts';
import type { ContainerContext, ImageModel, Listener } from './image-model.ts';

const applicationName = '/app';

const known = defineImage({ repositories: [], programs: [alpineTools] });

/**
 * An image that no model describes: it listens on the containerPorts that it declares and answers HTTP with its pod's name.
 * A command that starts a program which every image has (sh, sleep ...) runs as such.
 */
export const unknownImage: ImageModel = {
  ...known,
  commandLine: (context) => (context.argv.length > 0 ? context.argv : [applicationName]),
  start(context) {
    const [command] = known.commandLine(context);
    if (command !== undefined && known.programs.has(command.slice(command.lastIndexOf('/') + 1)))
      return known.start(context);
    return { listeners: declaredListeners(context), onStop: { exitCode: 0 } };
  },
};

function declaredListeners({ pod, container }: ContainerContext): Listener[] {
  const respond: Parameters<typeof httpListener>[1] = (request, { now }) => goResponse(request, now, pod.metadata.name);
  return (container.ports ?? []).map(({ containerPort, protocol }) =>
    protocol === 'TCP'
      ? { ...httpListener(containerPort, respond), grpcHealth: () => true }
      : {
          port: containerPort,
          protocol,
          address: '0.0.0.0',
          application: { kind: 'raw', answer: () => pod.metadata.name },
        },
  );
}

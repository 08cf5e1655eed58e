import { agnhostImage } from './agnhost/agnhost.ts';
import { apacheImage } from './apache.ts';
import { corednsImage } from './coredns.ts';
import { redisImage } from './databases/redis.ts';
import { sqlImages } from './databases/sql-servers.ts';
import { storeImages } from './databases/stores-and-brokers.ts';
import { echoImages } from './echo/echo-servers.ts';
import { helloAppImage } from './echo/hello-app.ts';
import { whoamiImage } from './echo/whoami.ts';
import { httpEchoImage } from './http-echo.ts';
import type { ImageModel } from './image-model.ts';
import { languageImages } from './languages.ts';
import { nginxImages } from './nginx/nginx.ts';
import { toolboxImages } from './toolboxes.ts';

/** Every image that the catalogue describes. */
export const knownImages: readonly ImageModel[] = [
  ...nginxImages,
  ...toolboxImages,
  ...echoImages,
  ...sqlImages,
  ...storeImages,
  ...languageImages,
  agnhostImage,
  apacheImage,
  corednsImage,
  helloAppImage,
  httpEchoImage,
  redisImage,
  whoamiImage,
];

import { httpEchoImage } from './http-echo.ts';
import type { ImageModel } from './image-model.ts';
import { nginxImages } from './nginx/nginx.ts';
import { toolboxImages } from './toolboxes.ts';

/** Every image that the catalogue describes. */
export const knownImages: readonly ImageModel[] = [...nginxImages, httpEchoImage, ...toolboxImages];

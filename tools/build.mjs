// Builds everything that is not up to date; used by the container image and by developers (`npm run build`).
import { prepare } from './prepare.mjs';

prepare();

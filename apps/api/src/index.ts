export { type ApiConfig, readConfig } from './config.ts';
export { createApp } from './create-app.ts';
export { type Platform, startPlatform } from './wiring/platform.ts';

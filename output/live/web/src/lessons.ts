import { App } from "./app";
export function listenLesson(_app: App): void {}

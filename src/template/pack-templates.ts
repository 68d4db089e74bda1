/** The files of a pack that are templates over its view: one of each, and a subject (with its preheader) for each variant of it. */
const templates = /^(?:(?:subject|preheader)(?:\.[a-z0-9][a-z0-9-]{0,30})?|text|site)\.hbs$/;
const subject = /^subject\.([a-z0-9][a-z0-9-]{0,30})\.hbs$/;

/** Those that Handlebars fills as they are; the email goes through MJML first. */
export function isPlainTemplate(path: string): boolean {
  return templates.test(path);
}

/** Names of the subjects to choose from, sorted. */
export function subjectsOf(files: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(files)
    .flatMap((path) => subject.exec(path)?.[1] ?? [])
    .sort();
}

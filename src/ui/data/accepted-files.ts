/** What a file picker for texts offers; the content decides in the end. */
export const acceptedFiles = ".txt,.text,.md,.gz,.jsonl,.ndjson,.json,.csv,.tsv,text/plain";

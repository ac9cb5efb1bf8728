"""Documents in: readers, the pipeline, the store, the start-up job."""

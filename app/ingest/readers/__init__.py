"""Where documents come from: each reader streams what it finds, with its place, and never stops at a bad one."""

//! Drives the stages over one inbox and writes what they give.

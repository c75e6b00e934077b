package com.example;

/** A module without tests. */
public record Model(long value) {}

package io.pmemcheckj.analysis;
public final class UsageException extends RuntimeException { public UsageException(String m){super(m);} }

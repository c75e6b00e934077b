package io.pmemcheckj.rules;

import io.pmemcheckj.replay.Transaction;

/** A transaction that was still open when the program ended. */
final class UnfinishedTransaction extends Rule {
    UnfinishedTransaction(FindingBook book) {
        super("unfinished-transaction", book);
    }

    @Override
    public void transactionUnfinished(Transaction transaction) {
        book.group(this, transaction.beginThread(), place(transaction.beginSite()))
                .count(1);
    }

    @Override
    String message(FindingGroup group) {
        return "The transaction that began here was still open " + book.atEnd() + ".";
    }

    @Override
    String fix(FindingGroup group) {
        return "End the transaction on every path out of it, exceptions included (try/finally).";
    }
}

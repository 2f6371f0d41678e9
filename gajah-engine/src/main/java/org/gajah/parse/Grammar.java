package org.gajah.parse;

/** One grammar of each area over one cursor. */
final class Grammar {
    final TokenStream tokens;
    final NameGrammar names;
    final TypeNameGrammar types;
    final ExpressionGrammar expressions;
    final TestGrammar tests;
    final PrimaryGrammar primaries;
    final CallGrammar calls;
    final SpecialFormGrammar specials;
    final JsonGrammar json;
    final XmlGrammar xml;
    final WindowGrammar windows;
    final SelectGrammar selects;
    final WithGrammar with;
    final FromGrammar from;
    final ModifyGrammar modify;
    final MergeGrammar merge;
    final OptionGrammar options;
    final TableGrammar tables;
    final ColumnGrammar columns;
    final ConstraintGrammar constraints;
    final PartitionGrammar partitions;
    final IndexGrammar indexes;
    final CursorGrammar cursors;
    final StatementGrammar statements;

    Grammar(Tokens source) {
        tokens = new TokenStream(source);
        names = new NameGrammar(this);
        types = new TypeNameGrammar(this);
        expressions = new ExpressionGrammar(this);
        tests = new TestGrammar(this);
        primaries = new PrimaryGrammar(this);
        calls = new CallGrammar(this);
        specials = new SpecialFormGrammar(this);
        json = new JsonGrammar(this);
        xml = new XmlGrammar(this);
        windows = new WindowGrammar(this);
        selects = new SelectGrammar(this);
        with = new WithGrammar(this);
        from = new FromGrammar(this);
        modify = new ModifyGrammar(this);
        merge = new MergeGrammar(this);
        options = new OptionGrammar(this);
        tables = new TableGrammar(this);
        columns = new ColumnGrammar(this);
        constraints = new ConstraintGrammar(this);
        partitions = new PartitionGrammar(this);
        indexes = new IndexGrammar(this);
        cursors = new CursorGrammar(this);
        statements = new StatementGrammar(this);
    }
}

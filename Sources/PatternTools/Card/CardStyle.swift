/// The look of a card: A4, two columns, black on white.
enum CardStyle {
  static let sheet = """
    @page { size: A4; margin: 12mm; }
    body { font: 9pt/1.3 "Noto Sans", "DejaVu Sans", Arial, sans-serif; color: #000;
      background: #fff; max-width: 186mm; margin: 0 auto; padding: 4mm; }
    header { border-bottom: 1.5pt solid #000; margin-bottom: 3mm; }
    h1 { font-size: 15pt; margin: 0 0 1mm; }
    header p { font-weight: bold; margin: 0 0 2mm; }
    main { columns: 2; column-gap: 7mm; }
    h2 { font-size: 11pt; margin: 2mm 0 1mm; padding: .5mm 1mm; background: #ddd;
      break-after: avoid; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    h3 { font-size: 9pt; margin: 0; }
    article { break-inside: avoid; margin: 0 0 2mm; }
    p { margin: 0; }
    small, .also, .note { font-size: 7.5pt; }
    .worth, .note { color: #333; }
    .phrase { font-style: italic; }
    .minors { font-weight: bold; }
    .also { margin: 0 0 2mm; }
    footer { border-top: .5pt solid #000; margin-top: 3mm; padding-top: 1mm; font-size: 7pt;
      overflow-wrap: anywhere; }
    @media print { body { padding: 0; max-width: none; } }
    """
}
